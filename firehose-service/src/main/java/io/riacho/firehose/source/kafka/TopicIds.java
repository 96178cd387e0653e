package io.riacho.firehose.source.kafka;

import io.riacho.firehose.source.SourceException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks for the id of a topic: another topic of the same name has another one. Safe for use by many threads. */
final class TopicIds {

    private final String topic;
    private final Supplier<Admin> clients;

    /** @param clients makes a client for each question */
    TopicIds(String topic, Supplier<Admin> clients) {
        this.topic = topic;
        this.clients = clients;
    }

    /** Null where the cluster gives topics none, because it is of a version before 2.8. */
    @Nullable
    String ask() throws SourceException, InterruptedException {
        try (Admin client = clients.get()) {
            var answer = client.describeTopics(List.of(topic)).topicNameValues().get(topic);
            Uuid id = Objects.requireNonNull(answer, topic).get().topicId();
            return id == null || id.equals(Uuid.ZERO_UUID) ? null : id.toString();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw KafkaFailures.noTopic(topic);
            }
            throw e.getCause() instanceof RuntimeException failure
                    ? KafkaFailures.of(failure)
                    : new SourceException(KafkaFailures.UNAVAILABLE, "Kafka cannot be asked", e);
        } catch (KafkaException e) {
            throw KafkaFailures.of(e);
        }
    }
}
