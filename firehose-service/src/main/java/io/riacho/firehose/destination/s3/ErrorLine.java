package io.riacho.firehose.destination.s3;

import io.riacho.firehose.destination.CatalogTable;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.DeliveryRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that was not delivered, as a line of JSON. Where AWS's guide and what its service writes differ, this is what the
 * service writes: {@code lambdaARN}, {@code lastErrorCode}.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html">Understand data
 *     transformation failure handling</a>
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion-error-handling.html">Handling
 *     errors for data format conversion</a>
 */
final class ErrorLine {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ErrorLine() {}

    /** @param ended when the last attempt ended */
    static DeliveryRecord of(Rejection rejection, int attempts, Instant ended) {
        DeliveryRecord record = rejection.record();
        CatalogTable table = rejection.table();
        ObjectNode line = table == null
                ? line(record, attempts, "errorCode", rejection.code(), "errorMessage", rejection.message(), ended)
                : line(
                        record,
                        attempts,
                        "lastErrorCode",
                        rejection.code(),
                        "lastErrorMessage",
                        rejection.message(),
                        ended);
        rejection.details().forEach(line::put);
        if (table != null) {
            line.put("sequenceNumber", record.source().position().toString())
                    .put("subSequenceNumber", record.source().part())
                    .putObject("dataCatalogTable")
                    .put("catalogId", table.catalogId())
                    .put("databaseName", table.database())
                    .put("tableName", table.table())
                    .put("region", table.region())
                    .put("versionId", table.version())
                    .put("catalogArn", table.catalogArn());
        }
        return withLineBreak(record, line);
    }

    /** @param record as it is to be kept */
    static DeliveryRecord of(DeliveryRecord record, ProcessedRecord.Failed failure, Instant ended) {
        ObjectNode line =
                line(record, failure.attempts(), "errorCode", failure.code(), "errorMessage", failure.message(), ended);
        failure.details().forEach(line::put);
        return withLineBreak(record, line);
    }

    private static ObjectNode line(
            DeliveryRecord record,
            int attempts,
            String codeName,
            String code,
            String messageName,
            String message,
            Instant ended) {
        return JSON.createObjectNode()
                .put("attemptsMade", attempts)
                .put("arrivalTimestamp", record.arrival().toEpochMilli())
                .put(codeName, code)
                .put(messageName, message)
                .put("attemptEndingTimestamp", ended.toEpochMilli())
                .put("rawData", Base64.getEncoder().encodeToString(record.data()));
    }

    private static DeliveryRecord withLineBreak(DeliveryRecord record, ObjectNode line) {
        byte[] json = JSON.writeValueAsBytes(line);
        byte[] bytes = Arrays.copyOf(json, json.length + 1);
        bytes[json.length] = '\n';
        return new DeliveryRecord(record.source(), bytes);
    }
}
