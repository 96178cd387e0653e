package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.LIMIT;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.VALIDATION;
import static io.riacho.streams.wire.Texts.noShard;
import static io.riacho.streams.wire.WireAnswer.members;
import static io.riacho.streams.wire.WireServer.ACCOUNT;
import static io.riacho.streams.wire.WireServer.arn;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReshardTest {

    private static final String S0 = "shardId-000000000000";
    private static final String S1 = "shardId-000000000001";
    private static final String END = "340282366920938463463374607431768211455";

    private final WireServer server = WireServer.shared();

    @Test
    void aSplitShardClosesAndItsChildrenShareItsRange() {
        String stream = server.createStream(1);
        split(stream, "anything-0", "2").isEmpty();
        server.awaitActive(stream);
        List<JsonNode> shards = server.shards(stream);
        assertThat(shards).hasSize(3);
        assertThat(members(shards.get(0))).containsExactly("HashKeyRange", "SequenceNumberRange", "ShardId");
        assertThat(members(shards.get(0).path("SequenceNumberRange")))
                .containsExactly("EndingSequenceNumber", "StartingSequenceNumber");
        assertThat(members(shards.get(1)))
                .containsExactly("HashKeyRange", "ParentShardId", "SequenceNumberRange", "ShardId");
        assertThat(shards.get(1).path("ParentShardId").asString()).isEqualTo(S0);
        assertThat(shards.get(2).path("ParentShardId").asString()).isEqualTo(S0);
        assertRange(shards.get(1), "0", "1");
        assertRange(shards.get(2), "2", END);
    }

    @Test
    void sequenceNumbersEndAndBeginAsAwsLetsThem() {
        String stream = server.createStream(1);
        split(stream, S0, "2").isEmpty();
        server.awaitActive(stream);
        List<JsonNode> shards = server.shards(stream);
        String start = number(shards.get(0), "StartingSequenceNumber").toString(16);
        String end = number(shards.get(0), "EndingSequenceNumber").toString(16);
        String child = number(shards.get(1), "StartingSequenceNumber").toString(16);
        assertThat(end.substring(0, 11)).isEqualTo(start.substring(0, 11));
        assertThat(end.substring(11, 27)).isEqualTo("7fffffffffffffff");
        assertThat(end.substring(38)).isEqualTo("000000002");
        long closed = Long.parseLong(end.substring(29, 38), 16);
        assertThat(Long.parseLong(child.substring(1, 10), 16)).isEqualTo(closed + 1);
        assertThat(child.substring(11, 27)).isEqualTo("0000000000000000");
        assertThat(number(shards.get(2), "StartingSequenceNumber").toString(16).substring(1, 10))
                .isEqualTo(child.substring(1, 10));
    }

    @Test
    void mergedShardsCloseAndTheirChildNamesBoth() {
        String stream = server.createStream(3);
        merge(stream, "a-0", "b-1").isEmpty();
        server.awaitActive(stream);
        List<JsonNode> shards = server.shards(stream);
        assertThat(shards).hasSize(4);
        JsonNode child = shards.get(3);
        assertThat(members(child))
                .containsExactly(
                        "AdjacentParentShardId", "HashKeyRange", "ParentShardId", "SequenceNumberRange", "ShardId");
        assertThat(child.path("ParentShardId").asString()).isEqualTo(S0);
        assertThat(child.path("AdjacentParentShardId").asString()).isEqualTo(S1);
        assertRange(child, "0", "226854911280625642308916404954512140969");
        String end0 = number(shards.get(0), "EndingSequenceNumber").toString(16);
        String end1 = number(shards.get(1), "EndingSequenceNumber").toString(16);
        assertThat(end0.substring(29, 38)).isEqualTo(end1.substring(29, 38));
        assertThat(members(shards.get(2).path("SequenceNumberRange"))).containsExactly("StartingSequenceNumber");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "shardId-002147483648", "ABKLFD8", "2.14E4", "-", "shardId--1"})
    void whatCanBeNoShardIsNotFoundBeforeTheStreamIs(String shard) {
        String stream = WireServer.newName();
        split(stream, shard, "0").isError(NOT_FOUND, noShard(shard, stream));
        merge(stream, shard, "a-0").isError(NOT_FOUND, noShard(shard, stream));
        merge(stream, "a-0", shard).isError(NOT_FOUND, noShard(shard, stream));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "shardId-2147483647", "a-00002147483647", "-00002147483647"})
    void whatCouldBeAShardIsLookedForInTheStream(String shard) {
        String unknown = WireServer.newName();
        split(unknown, shard, "0").isError(NOT_FOUND, Texts.streamNotFound(unknown));
        merge(unknown, shard, "a-0").isError(NOT_FOUND, Texts.streamNotFound(unknown));
        String stream = server.createStream(1);
        split(stream, shard, "0").isError(NOT_FOUND, noShard("shardId-002147483647", stream));
        merge(stream, shard, "a-0").isError(NOT_FOUND, noShard("shardId-002147483647", stream));
        merge(stream, "a-0", shard).isError(NOT_FOUND, noShard("shardId-002147483647", stream));
    }

    @ParameterizedTest
    @CsvSource({
        "0,1,0,113427455640312821154458202477256070484",
        "0,113427455640312821154458202477256070484,0,113427455640312821154458202477256070484",
        "2,999999999999999999999999999999999999999,226854911280625642308916404954512140970," + END
    })
    void aShardIsSplitWithinItsRange(int shard, String key, String start, String end) {
        String stream = server.createStream(3);
        split(stream, "s-" + shard, key)
                .isError(
                        INVALID,
                        "NewStartingHashKey " + key + " used in SplitShard() on shard shardId-00000000000" + shard
                                + " in stream " + stream + " under account " + ACCOUNT
                                + " is not both greater than one plus the shard's StartingHashKey " + start
                                + " and less than the shard's EndingHashKey " + end + ".");
    }

    @Test
    void aClosedShardIsNeitherSplitNorMerged() {
        String stream = server.createStream(2);
        split(stream, S0, "100").isEmpty();
        server.awaitActive(stream);
        String closed = "Shard " + S0 + " in stream " + stream + " under account " + ACCOUNT
                + " has already been merged or split, and thus is not eligible for merging or splitting.";
        split(stream, S0, "100").isError(INVALID, closed);
        merge(stream, S0, S1).isError(INVALID, closed);
    }

    @ParameterizedTest
    @CsvSource({"0,2", "1,0", "0,0"})
    void onlyNeighboursInOrderAreMerged(int one, int other) {
        String stream = server.createStream(3);
        merge(stream, "s-" + one, "s-" + other)
                .isError(
                        INVALID,
                        "Shards shardId-00000000000" + one + " and shardId-00000000000" + other + " in stream " + stream
                                + " under account " + ACCOUNT
                                + " are not an adjacent pair of shards eligible for merging");
    }

    @Test
    void onDemandStreamsAreNotResharded() {
        String stream = server.createStream();
        split(stream, S0, "100").isError(VALIDATION, Texts.onDemand(stream));
        merge(stream, S0, S1).isError(VALIDATION, Texts.onDemand(stream));
        scale(stream, 8).isError(VALIDATION, Texts.onDemand(stream));
        assertThat(server.shards(stream)).hasSize(4);
    }

    @Test
    void updateShardCountTellsWhatItDoes() {
        String stream = server.createStream(2);
        assertThat(scale(stream, 4).json().toString())
                .isEqualTo("{\"StreamName\":\"" + stream + "\",\"CurrentShardCount\":2,\"TargetShardCount\":4,"
                        + "\"StreamARN\":\"" + arn(stream) + "\"}");
        server.awaitActive(stream);
        assertThat(server.summary(stream).path("OpenShardCount").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"2,4,6,2 3 4 5", "4,2,6,4 5", "4,3,11,6 9 10", "4,5,15,", "2,3,7,2 5 6", "3,2,7,5 6", "5,3,13,7 11 12"})
    void updateShardCountLeavesTheShardsThatAwsLeaves(int from, int to, int all, String open) {
        String stream = server.createStream(from);
        scale(stream, to).json();
        server.awaitActive(stream);
        List<JsonNode> shards = server.shards(stream);
        assertThat(shards).hasSize(all);
        List<String> openShards = shards.stream()
                .filter(shard -> shard.path("SequenceNumberRange")
                        .path("EndingSequenceNumber")
                        .isMissingNode())
                .map(shard -> String.valueOf(
                        Integer.parseInt(shard.path("ShardId").asString().substring(8))))
                .toList();
        assertThat(openShards).hasSize(to);
        if (open != null) {
            assertThat(openShards).containsExactly(open.split(" "));
        }
    }

    @Test
    void theShardCountAtMostDoublesOrHalves() {
        String stream = server.createStream(5);
        scale(stream, 11)
                .isError(
                        LIMIT,
                        "UpdateShardCount cannot scale up over double your current open shard count. Current open shard"
                                + " count: 5, Target shard count: 11");
        scale(stream, 2)
                .isError(
                        LIMIT,
                        "UpdateShardCount cannot scale down below half your current open shard count. Current open"
                                + " shard count: 5, Target shard count: 2");
        scale(stream, 10_001)
                .isError(
                        LIMIT,
                        "Target shard count or number of open shards cannot be greater than 10000. Current open shard"
                                + " count: 5, Target shard count: 10001");
    }

    @Test
    void theSameShardCountChangesNothing() {
        String stream = server.createStream(2);
        assertThat(scale(stream, 2).json().path("CurrentShardCount").asInt()).isEqualTo(2);
        assertThat(server.describe(stream).path("StreamStatus").asString()).isEqualTo("ACTIVE");
        assertThat(server.shards(stream)).hasSize(2);
    }

    @Test
    void theShardCountIsUpdatedTenTimesADay() {
        String stream = server.createStream(1);
        for (int i = 0; i < 10; i++) {
            scale(stream, i % 2 == 0 ? 2 : 1).json();
            server.awaitActive(stream);
        }
        scale(stream, 2).isError(LIMIT, "Rate exceeded for stream " + stream + " under account " + ACCOUNT + ".");
        server.clock()
                .ahead(java.time.Duration.ofHours(25), () -> scale(stream, 2).json());
        server.awaitActive(stream);
    }

    @Test
    void anUnknownStreamIsNotScaled() {
        String name = WireServer.newName();
        scale(name, 2).isError(NOT_FOUND, Texts.streamNotFound(name));
    }

    @Test
    void scalingIsUniform() {
        String stream = server.createStream(1);
        server.call("UpdateShardCount", "StreamName", stream, "TargetShardCount", 2, "ScalingType", "")
                .isError(
                        VALIDATION,
                        Texts.violation("''", "scalingType", "Member must satisfy enum value set: [UNIFORM_SCALING]"));
    }

    private WireAnswer split(String stream, String shard, String key) {
        return server.call("SplitShard", "StreamName", stream, "ShardToSplit", shard, "NewStartingHashKey", key);
    }

    private WireAnswer merge(String stream, String shard, String adjacent) {
        return server.call(
                "MergeShards", "StreamName", stream, "ShardToMerge", shard, "AdjacentShardToMerge", adjacent);
    }

    private WireAnswer scale(String stream, int target) {
        return server.call(
                "UpdateShardCount", "StreamName", stream, "TargetShardCount", target, "ScalingType", "UNIFORM_SCALING");
    }

    private static BigInteger number(JsonNode shard, String member) {
        return new BigInteger(shard.path("SequenceNumberRange").path(member).asString());
    }

    private static void assertRange(JsonNode shard, String start, String end) {
        assertThat(shard.path("HashKeyRange").toString())
                .isEqualTo("{\"StartingHashKey\":\"" + start + "\",\"EndingHashKey\":\"" + end + "\"}");
    }
}
