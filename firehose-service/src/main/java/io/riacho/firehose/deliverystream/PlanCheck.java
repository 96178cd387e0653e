package io.riacho.firehose.deliverystream;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.DestinationPlan;
import software.amazon.awssdk.core.SdkPojo;

/** Says at creation whether what is the same for all destinations can be done, such as processing. */
@FunctionalInterface
public interface PlanCheck {

    /**
     * @param configuration of the destination, complete
     * @throws io.riacho.protocol.AwsException InvalidArgumentException
     */
    void check(DeliveryStreamName stream, SdkPojo configuration, DestinationPlan plan);
}
