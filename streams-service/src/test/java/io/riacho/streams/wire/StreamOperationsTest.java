package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.IN_USE;
import static io.riacho.streams.wire.Texts.LIMIT;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.VALIDATION;
import static io.riacho.streams.wire.Texts.streamNotFound;
import static io.riacho.streams.wire.WireAnswer.members;
import static io.riacho.streams.wire.WireServer.ACCOUNT;
import static io.riacho.streams.wire.WireServer.REGION;
import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StreamOperationsTest {

    private final WireServer server = WireServer.shared();

    @Test
    void createStreamAnswersWithAnEmptyBody() {
        server.call("CreateStream", "StreamName", WireServer.newName(), "ShardCount", 1)
                .isEmpty();
    }

    @Test
    void describeStreamTellsExactlyWhatAwsTells() {
        String stream = server.createStream(3);
        JsonNode description = server.describe(stream);
        assertThat(members(description))
                .containsExactly(
                        "EncryptionType",
                        "EnhancedMonitoring",
                        "HasMoreShards",
                        "RetentionPeriodHours",
                        "Shards",
                        "StreamARN",
                        "StreamCreationTimestamp",
                        "StreamModeDetails",
                        "StreamName",
                        "StreamStatus");
        assertThat(description.path("EncryptionType").asString()).isEqualTo("NONE");
        assertThat(description.path("EnhancedMonitoring").toString()).isEqualTo("[{\"ShardLevelMetrics\":[]}]");
        assertThat(description.path("HasMoreShards").asBoolean()).isFalse();
        assertThat(description.path("RetentionPeriodHours").asInt()).isEqualTo(24);
        assertThat(description.path("StreamARN").asString())
                .isEqualTo("arn:aws:kinesis:" + REGION + ":" + ACCOUNT + ":stream/" + stream);
        assertThat(description.path("StreamModeDetails").toString()).isEqualTo("{\"StreamMode\":\"PROVISIONED\"}");
        assertThat(description.path("StreamName").asString()).isEqualTo(stream);
        assertThat(description.path("StreamStatus").asString()).isEqualTo("ACTIVE");
        assertThat(description.path("StreamCreationTimestamp").isNumber()).isTrue();
    }

    @Test
    void newShardsHaveAwsRangesAndSequenceNumbers() {
        long before = Instant.now().getEpochSecond();
        String stream = server.createStream(3);
        List<JsonNode> shards =
                List.copyOf(server.describe(stream).path("Shards").values());
        assertThat(shards).allSatisfy(shard -> {
            assertThat(members(shard)).containsExactly("HashKeyRange", "SequenceNumberRange", "ShardId");
            assertThat(members(shard.path("SequenceNumberRange"))).containsExactly("StartingSequenceNumber");
        });
        assertThat(shards.stream().map(shard -> shard.path("ShardId").asString()))
                .containsExactly("shardId-000000000000", "shardId-000000000001", "shardId-000000000002");
        assertThat(shards.stream().map(shard -> shard.path("HashKeyRange").toString()))
                .containsExactly(
                        range("0", "113427455640312821154458202477256070484"),
                        range("113427455640312821154458202477256070485", "226854911280625642308916404954512140969"),
                        range("226854911280625642308916404954512140970", "340282366920938463463374607431768211455"));
        List<BigInteger> starts = shards.stream().map(this::startingNumber).toList();
        BigInteger step = new BigInteger("22300745198530623141535718272648361505980432");
        assertThat(starts.get(1).subtract(starts.get(0))).isEqualTo(step);
        assertThat(starts.get(2).subtract(starts.get(1))).isEqualTo(step);
        assertThat(starts.getFirst().toString()).hasSize(56).startsWith("49");
        long createdAt = Long.parseLong(starts.getFirst().toString(16).substring(1, 10), 16);
        assertThat(createdAt).isBetween(before - 2, Instant.now().getEpochSecond() - 2);
    }

    @Test
    void describeStreamSummaryTellsExactlyWhatAwsTells() {
        String stream = server.createStream(2);
        JsonNode summary = server.summary(stream);
        assertThat(members(summary))
                .containsExactly(
                        "ConsumerCount",
                        "EncryptionType",
                        "EnhancedMonitoring",
                        "MaxRecordSizeInKiB",
                        "OpenShardCount",
                        "RetentionPeriodHours",
                        "StreamARN",
                        "StreamCreationTimestamp",
                        "StreamModeDetails",
                        "StreamName",
                        "StreamStatus");
        assertThat(summary.path("ConsumerCount").asInt()).isZero();
        assertThat(summary.path("OpenShardCount").asInt()).isEqualTo(2);
        assertThat(summary.path("MaxRecordSizeInKiB").asInt()).isEqualTo(1024);
    }

    @Test
    void withoutShardCountAndModeAStreamIsOnDemandWithFourShards() {
        String stream = server.createStream();
        assertThat(server.summary(stream).path("StreamModeDetails").toString())
                .isEqualTo("{\"StreamMode\":\"ON_DEMAND\"}");
        assertThat(server.shards(stream)).hasSize(4);
    }

    @Test
    void theModeAndTheShardCountHaveToFit() {
        Map<String, Object> onDemand = object("StreamMode", "ON_DEMAND");
        Map<String, Object> provisioned = object("StreamMode", "PROVISIONED");
        String name = WireServer.newName();
        server.call("CreateStream", "StreamName", name, "ShardCount", 1, "StreamModeDetails", onDemand)
                .isErrorLike(INVALID, "ShardCount");
        server.call("CreateStream", "StreamName", name, "StreamModeDetails", provisioned)
                .isErrorLike(INVALID, "ShardCount");
        server.call("DescribeStream", "StreamName", name).isError(NOT_FOUND, streamNotFound(name));
    }

    @Test
    void aNameIsTakenOnlyOnce() {
        String stream = server.createStream(1);
        server.call("CreateStream", "StreamName", stream, "ShardCount", 1)
                .isError(IN_USE, "Stream " + stream + " under account " + ACCOUNT + " already exists.");
    }

    @Test
    void ofTwentyThatCreateTheSameStreamAtOnceOneSucceeds() throws Exception {
        String name = WireServer.newName();
        List<WireAnswer> answers = atOnce(20, () -> server.call("CreateStream", "StreamName", name, "ShardCount", 2));
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 200))
                .allSatisfy(answer -> assertThat(answer.errorType()).isEqualTo(IN_USE));
        server.awaitActive(name);
        assertThat(server.shards(name)).hasSize(2);
    }

    @Test
    void ofTwentyThatDeleteTheSameStreamAtOnceOneSucceeds() throws Exception {
        String stream = server.createStream(1);
        List<WireAnswer> answers = atOnce(20, () -> server.call("DeleteStream", "StreamName", stream));
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 200))
                .allSatisfy(answer -> assertThat(answer.errorType()).isIn(IN_USE, NOT_FOUND));
    }

    @Test
    void moreShardsThanTheAccountMayHaveAreRefused() {
        String name = WireServer.newName();
        WireAnswer answer = server.call("CreateStream", "StreamName", name, "ShardCount", 100_000);
        assertThat(answer.message())
                .matches("This request would exceed the shard limit for the account " + ACCOUNT + " in " + REGION
                        + "\\. Current shard count for the account: \\d+\\. Limit: 20000\\."
                        + " Number of additional shards that would have resulted from this request: 100000\\."
                        + " Refer to the AWS Service Limits page"
                        + " \\(http://docs\\.aws\\.amazon\\.com/general/latest/gr/aws_service_limits\\.html\\)"
                        + " for current limits and how to request higher limits\\.");
        answer.isError(LIMIT, answer.message());
    }

    @Test
    void streamsOfRiachosServicesAreMadeEvenWhereTheAccountHasAllThatItMayHave() {
        WireServer full = WireServer.ofItsOwn(
                "--riacho.streams.transition=1ms",
                "--riacho.streams.limits.shards=1",
                "--riacho.streams.limits.on-demand-streams=1");
        try {
            full.call("CreateStream", "StreamName", "first", "StreamModeDetails", object("StreamMode", "ON_DEMAND"))
                    .isEmpty();
            full.call("CreateStream", "StreamName", "second", "StreamModeDetails", object("StreamMode", "ON_DEMAND"))
                    .isErrorLike(LIMIT, "limit of 1 on-demand streams");

            full.call(
                            "CreateStream",
                            "StreamName",
                            "riacho.firehose.a.1",
                            "StreamModeDetails",
                            object("StreamMode", "ON_DEMAND"))
                    .isEmpty();
            full.call("CreateStream", "StreamName", "riacho.firehose.b.1", "ShardCount", 2)
                    .isEmpty();
        } finally {
            full.stop();
        }
    }

    @Test
    void theModelsConstraintsComeFirst() {
        server.call("CreateStream", "StreamName", "", "ShardCount", 0)
                .isErrorLike(
                        VALIDATION,
                        "3 validation errors detected: ",
                        "Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or"
                                + " equal to 1",
                        "Value '' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression"
                                + " pattern: [a-zA-Z0-9_.-]+",
                        "Value '' at 'streamName' failed to satisfy constraint: Member must have length greater than or"
                                + " equal to 1");
        String tooLong = "a".repeat(129);
        server.call("CreateStream", "StreamName", tooLong, "ShardCount", 1)
                .isError(
                        VALIDATION,
                        Texts.violation(
                                "'" + tooLong + "'",
                                "streamName",
                                "Member must have length less than or equal to 128"));
        server.call("CreateStream", "ShardCount", 1)
                .isError(VALIDATION, Texts.violation("null", "streamName", "Member must not be null"));
    }

    @Test
    void aStreamIsCreatedWithTagsAndRecordSize() {
        String stream = server.createStream("ShardCount", 1, "MaxRecordSizeInKiB", 2048, "Tags", object("a", "1"));
        assertThat(server.summary(stream).path("MaxRecordSizeInKiB").asInt()).isEqualTo(2048);
        assertThat(server.call("ListTagsForStream", "StreamName", stream).text())
                .isEqualTo("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"}],\"HasMoreTags\":false}");
    }

    @Test
    void warmThroughputNeedsOnDemandAndACommitment() {
        String name = WireServer.newName();
        server.call("CreateStream", "StreamName", name, "ShardCount", 1, "WarmThroughputMiBps", 10)
                .isErrorLike(VALIDATION, "WarmThroughputMiBps");
        // A commitment that another test has made has ended by then.
        server.clock()
                .ahead(
                        Duration.ofDays(2),
                        () -> server.call("CreateStream", "StreamName", name, "WarmThroughputMiBps", 10)
                                .isErrorLike(VALIDATION, "MinimumThroughputBillingCommitment"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DescribeStream", "DescribeStreamSummary", "DeleteStream", "ListTagsForStream", "ListShards"})
    void anUnknownStreamIsNotFoundByNameOrArn(String operation) {
        String name = WireServer.newName();
        server.call(operation, "StreamName", name).isError(NOT_FOUND, streamNotFound(name));
        server.call(operation, "StreamARN", arn(name)).isError(NOT_FOUND, streamNotFound(name));
    }

    @Test
    void aStreamIsMeantByNameByArnOrByBoth() {
        String stream = server.createStream(1);
        String described = server.describe(stream).toString();
        assertThat(describe("StreamARN", arn(stream)).toString()).isEqualTo(described);
        assertThat(describe("StreamName", stream, "StreamARN", arn(stream)).toString())
                .isEqualTo(described);
    }

    @Test
    void neitherNameNorArnIsRefused() {
        server.call("DescribeStream").isErrorLike(INVALID, "StreamName", "StreamARN");
        server.call("PutRecord", "PartitionKey", "a", "Data", "").isErrorLike(INVALID, "StreamName", "StreamARN");
    }

    @Test
    void nameAndArnOfDifferentStreamsAreRefused() {
        String one = server.createStream(1);
        String other = server.createStream(1);
        server.call("DescribeStream", "StreamName", one, "StreamARN", arn(other))
                .isErrorLike(INVALID, "StreamName", "StreamARN");
    }

    @Test
    void streamsOfOtherAccountsAndRegionsAreNotFound() {
        String stream = server.createStream(1);
        server.call("DescribeStream", "StreamARN", "arn:aws:kinesis:" + REGION + ":999999999999:stream/" + stream)
                .isError(NOT_FOUND, "Stream " + stream + " under account 999999999999 not found.");
        server.call("DescribeStream", "StreamARN", "arn:aws:kinesis:us-west-2:" + ACCOUNT + ":stream/" + stream)
                .isError(NOT_FOUND, streamNotFound(stream));
    }

    @Test
    void theArnOfAConsumerIsNotThatOfAStream() {
        String stream = server.createStream(1);
        server.call("DescribeStream", "StreamARN", arn(stream) + "/consumer/c:1700000000")
                .isErrorLike(INVALID, "StreamARN");
    }

    @Test
    void whatIsNoArnIsAgainstTheModel() {
        server.call("DescribeStream", "StreamARN", "nonsense")
                .isErrorLike(VALIDATION, "Value 'nonsense' at 'streamARN' failed to satisfy constraint");
    }

    @Test
    void describeStreamPagesThroughShards() {
        String stream = server.createStream(5);
        JsonNode first = describe("StreamName", stream, "Limit", 2);
        assertThat(first.path("Shards").size()).isEqualTo(2);
        assertThat(first.path("HasMoreShards").asBoolean()).isTrue();
        JsonNode rest = describe("StreamName", stream, "Limit", 3, "ExclusiveStartShardId", "shardId-000000000001");
        assertThat(rest.path("Shards").path(0).path("ShardId").asString()).isEqualTo("shardId-000000000002");
        assertThat(rest.path("Shards").size()).isEqualTo(3);
        assertThat(rest.path("HasMoreShards").asBoolean()).isFalse();
    }

    @Test
    void describeStreamGivesAHundredShardsAtMost() {
        String stream = server.createStream(101);
        assertThat(server.describe(stream).path("Shards").size()).isEqualTo(100);
        assertThat(server.describe(stream).path("HasMoreShards").asBoolean()).isTrue();
        assertThat(describe("StreamName", stream, "Limit", 10_000)
                        .path("Shards")
                        .size())
                .isEqualTo(100);
    }

    @Test
    void describeStreamDoesNotStartAfterWhatIsNoShard() {
        String stream = server.createStream(1);
        server.call("DescribeStream", "StreamName", stream, "ExclusiveStartShardId", "nonsense")
                .isError(NOT_FOUND, Texts.noShard("nonsense", stream));
    }

    @Test
    void aDeletedStreamIsGoneAndItsNameFreeForAFreshOne() {
        String stream = server.createStream(1);
        server.put(stream, "a");
        server.call("DeleteStream", "StreamName", stream).isEmpty();
        server.awaitGone(stream);
        server.call("CreateStream", "StreamName", stream, "ShardCount", 2).isEmpty();
        server.awaitActive(stream);
        assertThat(server.shards(stream)).hasSize(2);
        JsonNode read = server.getRecords(server.iterator(stream, "shardId-000000000000", "TRIM_HORIZON"));
        assertThat(read.path("Records").size()).isZero();
    }

    @Test
    void aStreamWithoutConsumersIsDeletedWhateverIsSaidOfConsumers() {
        String stream = server.createStream(1);
        server.call("DeleteStream", "StreamARN", arn(stream), "EnforceConsumerDeletion", true)
                .isEmpty();
        server.awaitGone(stream);
    }

    @Test
    void aStreamThatIsDeletedWhileItIsUpdatedIsGone() {
        for (int i = 0; i < 20; i++) {
            String stream = server.createStream(1);
            server.call(
                    "UpdateShardCount", "StreamName", stream, "TargetShardCount", 2, "ScalingType", "UNIFORM_SCALING");
            server.call("DeleteStream", "StreamName", stream).isEmpty();
            server.awaitGone(stream);
        }
    }

    private JsonNode describe(Object... members) {
        return server.call("DescribeStream", members).json().path("StreamDescription");
    }

    private BigInteger startingNumber(JsonNode shard) {
        return new BigInteger(
                shard.path("SequenceNumberRange").path("StartingSequenceNumber").asString());
    }

    private static String range(String start, String end) {
        return "{\"StartingHashKey\":\"" + start + "\",\"EndingHashKey\":\"" + end + "\"}";
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(java.util.Collections.nCopies(times, work))) {
                results.add(future.get());
            }
            return results;
        }
    }
}
