package io.riacho.firehose.deliverystream;

import io.riacho.protocol.Arn;

/** What delivery streams are called in ARNs. */
public record DeliveryStreamNaming(String accountId, String region) {

    public String arnOf(String name) {
        return new Arn("aws", "firehose", region, accountId, "deliverystream/" + name).toString();
    }
}
