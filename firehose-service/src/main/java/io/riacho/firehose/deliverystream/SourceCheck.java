package io.riacho.firehose.deliverystream;

import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;

/** Says at creation whether records of a source can be read. A source other than Direct PUT needs one to be supported. */
public interface SourceCheck {

    DeliveryStreamType type();

    /** @throws io.riacho.protocol.AwsException InvalidArgumentException where it says something that cannot be honoured */
    void check(Source source);
}
