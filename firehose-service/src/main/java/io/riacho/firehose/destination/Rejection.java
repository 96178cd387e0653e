package io.riacho.firehose.destination;

import io.riacho.firehose.record.DeliveryRecord;
import java.util.Map;

/**
 * A record that a destination did not take, and why.
 *
 * @param code such as {@code 400} or {@code Splunk.AckTimeout}: as AWS writes it into {@code errorCode}
 * @param details further members of the error record, such as {@code esDocumentId}; in their order
 */
public record Rejection(DeliveryRecord record, String code, String message, Map<String, String> details) {

    public Rejection(DeliveryRecord record, String code, String message) {
        this(record, code, message, Map.of());
    }
}
