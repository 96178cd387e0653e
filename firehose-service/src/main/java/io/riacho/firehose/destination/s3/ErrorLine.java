package io.riacho.firehose.destination.s3;

import io.riacho.firehose.record.DeliveryRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that was not delivered, as a line of JSON.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html">Understand data
 *     transformation failure handling</a>
 */
final class ErrorLine {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ErrorLine() {}

    /** @param ended when the last attempt ended */
    static DeliveryRecord of(
            DeliveryRecord record,
            int attempts,
            String code,
            String message,
            Instant ended,
            Map<String, String> details) {
        ObjectNode line = JSON.createObjectNode()
                .put("attemptsMade", attempts)
                .put("arrivalTimestamp", record.arrival().toEpochMilli())
                .put("errorCode", code)
                .put("errorMessage", message)
                .put("attemptEndingTimestamp", ended.toEpochMilli())
                .put("rawData", Base64.getEncoder().encodeToString(record.data()));
        details.forEach(line::put);
        byte[] json = JSON.writeValueAsBytes(line);
        byte[] bytes = Arrays.copyOf(json, json.length + 1);
        bytes[json.length] = '\n';
        return new DeliveryRecord(record.source(), bytes);
    }
}
