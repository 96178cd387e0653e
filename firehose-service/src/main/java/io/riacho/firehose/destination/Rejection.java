package io.riacho.firehose.destination;

import io.riacho.firehose.record.DeliveryRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that a destination did not take, and why.
 *
 * @param code such as {@code 400} or {@code Splunk.AckTimeout}: as AWS writes it into {@code errorCode}
 * @param details further members of the error record, such as {@code esDocumentId}; in their order
 * @param table by which the record could not be converted; null where that was not tried
 */
public record Rejection(
        DeliveryRecord record,
        String code,
        String message,
        Map<String, String> details,
        @Nullable CatalogTable table) {

    public Rejection(DeliveryRecord record, String code, String message, Map<String, String> details) {
        this(record, code, message, details, null);
    }

    public Rejection(DeliveryRecord record, String code, String message) {
        this(record, code, message, Map.of());
    }
}
