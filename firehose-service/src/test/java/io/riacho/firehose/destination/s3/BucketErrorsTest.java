package io.riacho.firehose.destination.s3;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.destination.CatalogTable;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.format.ObjectFormats;
import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.firehose.record.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines that records become which nobody takes, member by member as AWS writes them. */
class BucketErrorsTest {

    private static final Instant ARRIVED = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_100_456L);
    private static final byte[] DATA = "{}".getBytes(StandardCharsets.UTF_8);

    private final Map<String, String> objects = new HashMap<>();
    private final BucketErrors errors = new Buckets(
                    (_, key, _, _, writer) -> {
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                        try {
                            writer.write(bytes);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        objects.put(key, bytes.toString(StandardCharsets.UTF_8));
                    },
                    new ObjectFormats((_, _) -> {
                        throw new IllegalStateException("no tables");
                    }),
                    () -> NOW)
            .errors(S3DestinationConfiguration.builder()
                    .bucketARN("arn:aws:s3:::errors")
                    .errorOutputPrefix("!{firehose:error-output-type}/")
                    .build());

    private final SourceRecord source =
            new SourceRecord("shardId-000000000000", new BigInteger("4957"), 3, "key", ARRIVED, DATA, Map.of());
    private final DeliveryRecord record = new DeliveryRecord(source, DATA);

    @Test
    void whatADestinationRefusesHasTheDestinationsMembers() throws Exception {
        errors.writeRejected(
                delivery(),
                "splunk-failed",
                List.of(new Rejection(record, "Splunk.InvalidToken", "no such token", Map.of("EventId", "7"))),
                4);

        assertThat(onlyLine("splunk-failed/")).isEqualTo(json("""
                {"attemptsMade": 4, "arrivalTimestamp": 1700000000123, "errorCode": "Splunk.InvalidToken",
                 "errorMessage": "no such token", "attemptEndingTimestamp": 1700000100456, "rawData": "e30=",
                 "EventId": "7"}"""));
    }

    @Test
    void whatCannotBeConvertedTellsItsPlaceAndItsTable() throws Exception {
        CatalogTable table = new CatalogTable("000000000000", "db", "t", "us-east-1", "LATEST");

        errors.writeRejected(
                delivery(),
                "format-conversion-failed",
                List.of(new Rejection(record, "DataFormatConversion.ParseError", "no JSON", Map.of(), table)),
                1);

        assertThat(onlyLine("format-conversion-failed/")).isEqualTo(json("""
                {"attemptsMade": 1, "arrivalTimestamp": 1700000000123,
                 "lastErrorCode": "DataFormatConversion.ParseError", "lastErrorMessage": "no JSON",
                 "attemptEndingTimestamp": 1700000100456, "rawData": "e30=", "sequenceNumber": "4957",
                 "subSequenceNumber": 3, "dataCatalogTable": {"catalogId": "000000000000", "databaseName": "db",
                 "tableName": "t", "region": "us-east-1", "versionId": "LATEST",
                 "catalogArn": "arn:aws:glue:us-east-1:000000000000:catalog"}}"""));
    }

    @Test
    void whatAFunctionFailsOnNamesTheFunction() throws Exception {
        errors.writeFailed(
                delivery(),
                "processing-failed",
                List.of(new ProcessedRecord.Failed(
                        source,
                        "processing-failed",
                        "Lambda.FunctionError",
                        "it failed",
                        4,
                        Map.of("lambdaARN", "arn:aws:lambda:us-east-1:000000000000:function:f"))));

        assertThat(onlyLine("processing-failed/")).isEqualTo(json("""
                {"attemptsMade": 4, "arrivalTimestamp": 1700000000123, "errorCode": "Lambda.FunctionError",
                 "errorMessage": "it failed", "attemptEndingTimestamp": 1700000100456, "rawData": "e30=",
                 "lambdaARN": "arn:aws:lambda:us-east-1:000000000000:function:f"}"""));
    }

    private Delivery delivery() {
        return new Delivery(
                UUID.randomUUID(), "clicks", "1", source.shard(), PartitionKeys.NONE, List.of(record), ARRIVED, NOW);
    }

    private JsonNode onlyLine(String prefix) {
        assertThat(objects).hasSize(1);
        Map.Entry<String, String> object = objects.entrySet().iterator().next();
        assertThat(object.getKey()).startsWith(prefix);
        assertThat(object.getValue()).endsWith("}\n").containsOnlyOnce("\n");
        return json(requireNonNull(object.getValue()));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
