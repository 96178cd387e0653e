package io.riacho.analytics.discovery;

import static io.riacho.analytics.AnalyticsServer.ACCOUNT;
import static io.riacho.analytics.AnalyticsServer.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.AnalyticsServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesisanalytics.model.UnableToDetectSchemaException;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DiscoverInputSchemaResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InvalidArgumentException;

/** Schemas of real streams, in a process that has Kinesis Data Streams, too. */
class DiscoveryTest {

    private static final String READER = "arn:aws:iam::" + ACCOUNT + ":role/reader";
    private static final String NOBODY = "arn:aws:iam::" + ACCOUNT + ":role/nobody";

    private static AnalyticsServer server;
    private static KinesisClient kinesis;

    @BeforeAll
    static void start() {
        server = AnalyticsServer.withStreams();
        server.users().with("ASIAreader", "{\"Effect\":\"Allow\",\"Action\":\"kinesis:*\",\"Resource\":\"*\"}");
        server.users().with("ASIAnobody", "{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}");
        kinesis = server.kinesis();
        for (String stream : List.of("json", "csv", "silent", "words")) {
            AnalyticsServer.makeStream(kinesis, stream, 2);
        }
        put("json", Map.of("a", "{\"TICKER\":\"AMZN\",\"PRICE\":1.5}", "b", "{\"TICKER\":\"QXZ\",\"PRICE\":2}"));
        put("csv", Map.of("a", "AMZN,1.5\n", "b", "QXZ,2\n"));
        put("words", Map.of("a", "plain words"));
    }

    @AfterAll
    static void stop() {
        kinesis.close();
    }

    @Test
    void theSchemaOfJsonInAStream() {
        DiscoverInputSchemaResponse found = discover("json", READER);

        assertThat(found.inputSchema().recordColumns())
                .extracting(column -> column.name() + " " + column.mapping() + " " + column.sqlType())
                .containsExactly("TICKER $.TICKER VARCHAR(4)", "PRICE $.PRICE REAL");
        assertThat(found.rawInputRecords()).hasSize(2).contains("{\"TICKER\":\"QXZ\",\"PRICE\":2}");
        assertThat(found.parsedInputRecords()).contains(List.of("QXZ", "2"));
    }

    @Test
    void theSchemaOfCsvInAStreamByTheOlderApi() {
        var found = server.first()
                .discoverInputSchema(request -> request.resourceARN(arn("csv"))
                        .roleARN(READER)
                        .inputStartingPositionConfiguration(at -> at.inputStartingPosition("TRIM_HORIZON")));

        assertThat(found.inputSchema().recordFormat().recordFormatTypeAsString())
                .isEqualTo("CSV");
        assertThat(found.inputSchema().recordColumns())
                .extracting(column -> column.sqlType())
                .containsExactly("VARCHAR(4)", "REAL");
    }

    @Test
    void whatHasNoSchemaIsToldWithItsRecords() {
        assertThatThrownBy(() -> server.first()
                        .discoverInputSchema(request -> request.resourceARN(arn("words"))
                                .roleARN(READER)
                                .inputStartingPositionConfiguration(at -> at.inputStartingPosition("TRIM_HORIZON"))))
                .isInstanceOfSatisfying(
                        UnableToDetectSchemaException.class,
                        e -> assertThat(e.rawInputRecords()).containsExactly("plain words"));
        assertThatThrownBy(() -> discover("silent", READER)).hasMessageContaining("No records were found");
    }

    @Test
    void theStreamIsReadAsTheRoleThatTheCallerPasses() {
        assertThatThrownBy(() -> discover("json", NOBODY))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("AccessDeniedException");
        assertThatThrownBy(() -> discover("json", "arn:aws:iam::" + ACCOUNT + ":role/stranger"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("does not trust");
        assertThatThrownBy(() -> discover("not-there", READER))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("ResourceNotFoundException");
    }

    @Test
    void whatIsNoStreamIsRefused() {
        assertThatThrownBy(() -> server.second()
                        .discoverInputSchema(request -> request.serviceExecutionRole(READER)
                                .resourceARN("arn:aws:firehose:" + REGION + ":" + ACCOUNT + ":deliverystream/x")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("delivery stream");
        assertThatThrownBy(() -> server.second()
                        .discoverInputSchema(request -> request.serviceExecutionRole(READER)
                                .s3Configuration(
                                        s3 -> s3.bucketARN("arn:aws:s3:::b").fileKey("k"))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("riacho.analytics.s3.endpoint");
    }

    private static DiscoverInputSchemaResponse discover(String stream, String role) {
        return server.second()
                .discoverInputSchema(request -> request.resourceARN(arn(stream))
                        .serviceExecutionRole(role)
                        .inputStartingPositionConfiguration(at -> at.inputStartingPosition("TRIM_HORIZON")));
    }

    private static void put(String stream, Map<String, String> records) {
        records.forEach((key, text) -> kinesis.putRecord(
                request -> request.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(text))));
    }

    private static String arn(String stream) {
        return "arn:aws:kinesis:" + REGION + ":" + ACCOUNT + ":stream/" + stream;
    }
}
