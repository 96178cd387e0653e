package io.riacho.firehose.deliverystream;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.DestinationType;
import software.amazon.awssdk.core.SdkPojo;

/** A destination that takes every configuration as it is, and nothing else. */
record PlainType<C extends SdkPojo>(Class<C> configuration) implements DestinationType<C> {

    @Override
    public C complete(C given) {
        return given;
    }

    @Override
    public DestinationPlan plan(C complete) {
        return new DestinationPlan(BufferHints.of(1, 1), null, null, null, false, "failed", false);
    }

    @Override
    public Destination open(DeliveryStreamName stream, C complete) {
        throw new UnsupportedOperationException("nothing is delivered here");
    }
}
