package io.riacho.firehose.deliverystream;

import software.amazon.awssdk.services.firehose.model.DeliveryStreamFailureType;
import software.amazon.awssdk.services.firehose.model.FailureDescription;

/**
 * Why something of a delivery stream does not work. Shown to users: no secrets.
 *
 * @param details at most 1,024 characters, cut where it is longer
 */
public record Failure(DeliveryStreamFailureType type, String details) {

    private static final int MOST = 1024;

    public Failure {
        details = details.isBlank() ? type.toString() : details.substring(0, Math.min(details.length(), MOST));
    }

    FailureDescription description() {
        return FailureDescription.builder().type(type).details(details).build();
    }
}
