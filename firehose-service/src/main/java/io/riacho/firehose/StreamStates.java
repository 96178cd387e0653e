package io.riacho.firehose;

import io.riacho.firehose.delivery.EngineListener;
import io.riacho.firehose.deliverystream.DeliveryStreams;
import io.riacho.firehose.deliverystream.Failure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamFailureType;

/** Writes down with the delivery streams how their delivery fares. */
final class StreamStates implements EngineListener {

    private final DeliveryStreams streams;

    StreamStates(DeliveryStreams streams) {
        this.streams = streams;
    }

    @Override
    public void stalled(UUID deliveryStream, @Nullable String reason) {
        streams.reportFailure(
                deliveryStream, reason == null ? null : new Failure(DeliveryStreamFailureType.UNKNOWN_ERROR, reason));
    }
}
