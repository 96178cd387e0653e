package io.riacho.firehose.source.kafka;

import io.riacho.firehose.source.SourceException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells users what Kafka's client says. */
final class KafkaFailures {

    static final String UNAVAILABLE = "Unavailable";

    private KafkaFailures() {}

    static SourceException of(RuntimeException failure) {
        if (failure instanceof ApiException && !(failure instanceof RetriableException)) {
            return new SourceException(failure.getClass().getSimpleName(), text(failure), failure);
        }
        // The client tells why it could not be made in the cause.
        Throwable told = failure instanceof KafkaException && failure.getCause() instanceof KafkaException cause
                ? cause
                : failure;
        return new SourceException(UNAVAILABLE, "Kafka cannot be read: " + text(told), failure);
    }

    static SourceException noTopic(String topic) {
        return new SourceException("UnknownTopicOrPartitionException", "The cluster has no topic " + topic, null);
    }

    static SourceException closed() {
        return new SourceException(UNAVAILABLE, "The source is closed", null);
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
