package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.LIMIT;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.VALIDATION;
import static io.riacho.streams.wire.WireAnswer.members;
import static io.riacho.streams.wire.WireServer.ACCOUNT;
import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SettingsTest {

    private static final List<String> ALL_METRICS = List.of(
            "IncomingBytes",
            "IncomingRecords",
            "IteratorAgeMilliseconds",
            "OutgoingBytes",
            "OutgoingRecords",
            "ReadProvisionedThroughputExceeded",
            "WriteProvisionedThroughputExceeded");

    private final WireServer server = WireServer.shared();

    @Test
    void theRetentionPeriodGoesUpAndDownAndMayStay() {
        String stream = server.createStream(1);
        retention("Decrease", stream, 24).isEmpty();
        retention("Increase", stream, 24).isEmpty();
        retention("Increase", stream, 8760).isEmpty();
        assertThat(server.describe(stream).path("RetentionPeriodHours").asInt()).isEqualTo(8760);
        retention("Decrease", stream, 25).isEmpty();
        assertThat(server.summary(stream).path("RetentionPeriodHours").asInt()).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Increase", "Decrease"})
    void theRetentionPeriodIsADayToAYear(String direction) {
        String stream = server.createStream(1);
        for (int hours : new int[] {23, 0, -1, Integer.MIN_VALUE}) {
            retention(direction, stream, hours)
                    .isError(
                            INVALID,
                            "Minimum allowed retention period is 24 hours. Requested retention period (" + hours
                                    + " hours) is too short.");
        }
        for (int hours : new int[] {8761, Integer.MAX_VALUE}) {
            retention(direction, stream, hours)
                    .isError(
                            INVALID,
                            "Maximum allowed retention period is 8760 hours. Requested retention period (" + hours
                                    + " hours) is too long.");
        }
    }

    @Test
    void eachDirectionOfTheRetentionPeriodHasItsOperation() {
        String stream = server.createStream(1);
        retention("Increase", stream, 30).isEmpty();
        retention("Increase", stream, 25)
                .isError(
                        INVALID,
                        "Requested retention period (25 hours) for stream " + stream
                                + " can not be shorter than existing"
                                + " retention period (30 hours). Use DecreaseRetentionPeriod API.");
        retention("Decrease", stream, 40)
                .isError(
                        INVALID,
                        "Requested retention period (40 hours) for stream " + stream
                                + " can not be longer than existing"
                                + " retention period (30 hours). Use IncreaseRetentionPeriod API.");
    }

    @Test
    void theRetentionPeriodOfAnUnknownStreamIsNotFound() {
        String name = WireServer.newName();
        retention("Increase", name, 1).isError(NOT_FOUND, Texts.streamNotFound(name));
        server.call("IncreaseStreamRetentionPeriod", "StreamName", name)
                .isError(VALIDATION, Texts.violation("null", "retentionPeriodHours", "Member must not be null"));
    }

    @Test
    void metricsAreEnabledAndDisabledInSteps() {
        String stream = server.createStream(1);
        JsonNode enabled = monitor("Enable", stream, "OutgoingBytes", "IncomingBytes");
        assertThat(members(enabled))
                .containsExactly("CurrentShardLevelMetrics", "DesiredShardLevelMetrics", "StreamARN", "StreamName");
        assertThat(enabled.path("CurrentShardLevelMetrics").toString()).isEqualTo("[]");
        assertThat(texts(enabled.path("DesiredShardLevelMetrics"))).containsExactly("IncomingBytes", "OutgoingBytes");
        JsonNode disabled = monitor("Disable", stream, "OutgoingBytes", "OutgoingRecords");
        assertThat(texts(disabled.path("CurrentShardLevelMetrics"))).containsExactly("IncomingBytes", "OutgoingBytes");
        assertThat(texts(disabled.path("DesiredShardLevelMetrics"))).containsExactly("IncomingBytes");
        assertThat(server.describe(stream).path("EnhancedMonitoring").toString())
                .isEqualTo("[{\"ShardLevelMetrics\":[\"IncomingBytes\"]}]");
    }

    @Test
    void allStandsForAllMetrics() {
        String stream = server.createStream(1);
        assertThat(texts(monitor("Enable", stream, "ALL").path("DesiredShardLevelMetrics")))
                .isEqualTo(ALL_METRICS);
        assertThat(texts(monitor("Enable", stream, "ALL").path("CurrentShardLevelMetrics")))
                .isEqualTo(ALL_METRICS);
        assertThat(monitor("Disable", stream, "ALL")
                        .path("DesiredShardLevelMetrics")
                        .toString())
                .isEqualTo("[]");
        assertThat(server.summary(stream).path("EnhancedMonitoring").toString())
                .isEqualTo("[{\"ShardLevelMetrics\":[]}]");
    }

    @Test
    void unknownMetricsAreAgainstTheModel() {
        String stream = server.createStream(1);
        server.call("EnableEnhancedMonitoring", "StreamName", stream, "ShardLevelMetrics", List.of("Nonsense"))
                .isErrorLike(VALIDATION, "'shardLevelMetrics' failed to satisfy constraint", "enum value set");
        server.call("EnableEnhancedMonitoring", "StreamName", stream, "ShardLevelMetrics", List.of())
                .isErrorLike(VALIDATION, "Member must have length greater than or equal to 1");
    }

    @Test
    void theRecordSizeIsRaisedAndLowered() {
        String stream = server.createStream(1);
        recordSize(stream, 10_240).isEmpty();
        server.awaitActive(stream);
        assertThat(server.summary(stream).path("MaxRecordSizeInKiB").asInt()).isEqualTo(10_240);
        server.call("PutRecord", "StreamName", stream, "PartitionKey", "k", "Data", new byte[(10 << 20) - 1])
                .json();
        recordSize(stream, 1024).isEmpty();
        server.awaitActive(stream);
        assertThat(server.getRecords(server.iterator(stream, "0", "TRIM_HORIZON"))
                        .path("Records")
                        .path(0)
                        .path("Data")
                        .binaryValue())
                .hasSize((10 << 20) - 1);
    }

    @Test
    void theRecordSizeHasBounds() {
        String stream = server.createStream(1);
        recordSize(stream, 1023)
                .isError(
                        VALIDATION,
                        Texts.violation(
                                "'1023'",
                                "maxRecordSizeInKiB",
                                "Member must have value greater than or equal to 1024"));
        recordSize(stream, 10_241)
                .isError(
                        VALIDATION,
                        Texts.violation(
                                "'10241'", "maxRecordSizeInKiB", "Member must have value less than or equal to 10240"));
        server.call("UpdateMaxRecordSize", "MaxRecordSizeInKiB", 2048).isErrorLike(INVALID, "StreamARN");
    }

    @Test
    void aStreamChangesItsModeAndKeepsItsShards() {
        String stream = server.createStream(3);
        mode(stream, "ON_DEMAND").isEmpty();
        server.awaitActive(stream);
        assertThat(server.summary(stream)
                        .path("StreamModeDetails")
                        .path("StreamMode")
                        .asString())
                .isEqualTo("ON_DEMAND");
        mode(stream, "PROVISIONED").isEmpty();
        server.awaitActive(stream);
        assertThat(server.shards(stream)).hasSize(3);
    }

    @Test
    void theModeIsSwitchedTwiceADay() {
        String stream = server.createStream(1);
        for (String mode : List.of("ON_DEMAND", "PROVISIONED")) {
            mode(stream, mode).isEmpty();
            server.awaitActive(stream);
        }
        mode(stream, "PROVISIONED").isEmpty();
        mode(stream, "ON_DEMAND")
                .isError(LIMIT, "Rate exceeded for stream " + stream + " under account " + ACCOUNT + ".");
        server.clock()
                .ahead(Duration.ofHours(25), () -> mode(stream, "ON_DEMAND").isEmpty());
        server.awaitActive(stream);
    }

    @Test
    void theModeOfAnUnknownStreamIsNotFound() {
        String name = WireServer.newName();
        mode(name, "ON_DEMAND").isError(NOT_FOUND, Texts.streamNotFound(name));
    }

    @Test
    void theAccountsCommitmentComesAndGoes() {
        assertThat(server.call("DescribeAccountSettings").text())
                .isEqualTo("{\"MinimumThroughputBillingCommitment\":{\"Status\":\"DISABLED\"}}");
        commitment("DISABLED").isErrorLike(VALIDATION, "Account isn't opted in");
        JsonNode enabled = commitment("ENABLED").json().path("MinimumThroughputBillingCommitment");
        assertThat(members(enabled)).containsExactly("EarliestAllowedEndAt", "StartedAt", "Status");
        assertThat(enabled.path("Status").asString()).isEqualTo("ENABLED");

        String stream = server.createStream("WarmThroughputMiBps", 6);
        assertThat(server.shards(stream)).hasSize(6);
        assertThat(server.summary(stream).path("WarmThroughput").toString())
                .isEqualTo("{\"TargetMiBps\":6,\"CurrentMiBps\":6}");
        warm(stream, 8).json();
        server.awaitActive(stream);
        assertThat(server.summary(stream).path("WarmThroughput").toString())
                .isEqualTo("{\"TargetMiBps\":8,\"CurrentMiBps\":8}");
        server.call(
                        "UpdateStreamMode",
                        "StreamARN",
                        arn(stream),
                        "StreamModeDetails",
                        object("StreamMode", "ON_DEMAND"),
                        "WarmThroughputMiBps",
                        9)
                .isEmpty();
        server.awaitActive(stream);
        assertThat(server.summary(stream)
                        .path("WarmThroughput")
                        .path("TargetMiBps")
                        .asInt())
                .isEqualTo(9);
        warm(stream, 10_241).isErrorLike(VALIDATION, "10240");

        assertThat(commitment("DISABLED")
                        .json()
                        .path("MinimumThroughputBillingCommitment")
                        .path("Status")
                        .asString())
                .isEqualTo("ENABLED_UNTIL_EARLIEST_ALLOWED_END");
        server.clock().ahead(Duration.ofHours(25), () -> {
            JsonNode ended = server.call("DescribeAccountSettings").json().path("MinimumThroughputBillingCommitment");
            assertThat(members(ended)).containsExactly("EndedAt", "StartedAt", "Status");
            assertThat(ended.path("Status").asString()).isEqualTo("DISABLED");
            warm(stream, 9).isErrorLike(VALIDATION, "MinimumThroughputBillingCommitment");
        });
    }

    @Test
    void warmThroughputIsForOnDemandStreams() {
        warm(server.createStream(1), 10).isErrorLike(VALIDATION, "on-demand");
    }

    @Test
    void describeLimitsTellsQuotasAndWhatIsUsed() {
        JsonNode before = server.call("DescribeLimits").json();
        assertThat(members(before))
                .containsExactly("OnDemandStreamCount", "OnDemandStreamCountLimit", "OpenShardCount", "ShardLimit");
        server.createStream(7);
        server.createStream();
        JsonNode after = server.call("DescribeLimits").json();
        assertThat(after.path("OpenShardCount").asInt()
                        - before.path("OpenShardCount").asInt())
                .isEqualTo(7);
        assertThat(after.path("OnDemandStreamCount").asInt()
                        - before.path("OnDemandStreamCount").asInt())
                .isEqualTo(1);
        assertThat(after.path("ShardLimit").asInt()).isEqualTo(20_000);
        assertThat(after.path("OnDemandStreamCountLimit").asInt()).isEqualTo(50);
    }

    private WireAnswer retention(String direction, String stream, int hours) {
        return server.call(direction + "StreamRetentionPeriod", "StreamName", stream, "RetentionPeriodHours", hours);
    }

    private JsonNode monitor(String action, String stream, String... metrics) {
        JsonNode answer = server.call(
                        action + "EnhancedMonitoring", "StreamName", stream, "ShardLevelMetrics", List.of(metrics))
                .json();
        server.awaitActive(stream);
        return answer;
    }

    private WireAnswer recordSize(String stream, int kib) {
        return server.call("UpdateMaxRecordSize", "StreamARN", arn(stream), "MaxRecordSizeInKiB", kib);
    }

    private WireAnswer mode(String stream, String mode) {
        return server.call(
                "UpdateStreamMode", "StreamARN", arn(stream), "StreamModeDetails", object("StreamMode", mode));
    }

    private WireAnswer warm(String stream, int mibps) {
        return server.call("UpdateStreamWarmThroughput", "StreamARN", arn(stream), "WarmThroughputMiBps", mibps);
    }

    private WireAnswer commitment(String status) {
        return server.call("UpdateAccountSettings", "MinimumThroughputBillingCommitment", object("Status", status));
    }

    private static List<String> texts(JsonNode array) {
        return array.values().stream().map(JsonNode::asString).toList();
    }
}
