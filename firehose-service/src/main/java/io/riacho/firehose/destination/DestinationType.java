package io.riacho.firehose.destination;

import software.amazon.awssdk.core.SdkPojo;

/**
 * One kind of destination.
 *
 * @param <C> the API's class of its configuration, such as {@code SplunkDestinationConfiguration}
 */
public interface DestinationType<C extends SdkPojo> {

    Class<C> configuration();

    /**
     * Makes a configuration that a caller gave complete: what it leaves out has the API's default afterwards.
     *
     * @throws io.riacho.protocol.AwsException InvalidArgumentException where it says something that cannot be honoured
     */
    C complete(C configuration);

    /** @param configuration a complete one */
    DestinationPlan plan(C configuration);

    /** Makes ready to deliver. Does not connect yet: a destination that is away does not keep a delivery stream from beginning.
     *
     * @param configuration a complete one
     */
    Destination open(DeliveryStreamName stream, C configuration);
}
