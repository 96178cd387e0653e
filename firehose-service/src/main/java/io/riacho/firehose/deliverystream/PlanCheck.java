package io.riacho.firehose.deliverystream;

import io.riacho.firehose.destination.DestinationPlan;

/** Says at creation whether what is the same for all destinations can be done, such as processing. */
@FunctionalInterface
public interface PlanCheck {

    /** @throws io.riacho.protocol.AwsException InvalidArgumentException */
    void check(DestinationPlan plan);
}
