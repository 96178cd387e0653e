package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.IN_USE;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.notActive;
import static io.riacho.streams.wire.WireServer.ACCOUNT;
import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is answered while a stream is CREATING, UPDATING or DELETING. */
class StreamStatesTest {

    private static final String S0 = "shardId-000000000000";

    private final WireServer server = WireServer.slow();

    @Test
    void aStreamIsCreatingBeforeItIsActive() {
        String stream = create();
        JsonNode description = server.describe(stream);
        assertThat(description.path("StreamStatus").asString()).isEqualTo("CREATING");
        assertThat(description.path("Shards").toString()).isEqualTo("[]");
        assertThat(description.path("HasMoreShards").asBoolean()).isFalse();
        assertThat(server.summary(stream).path("OpenShardCount").asInt()).isZero();
        assertThat(server.call("ListShards", "StreamName", stream).text()).isEqualTo("{\"Shards\":[]}");
        server.call("PutRecord", "StreamName", stream, "PartitionKey", "a", "Data", "")
                .isError(NOT_FOUND, Texts.streamNotFound(stream));
        server.call("GetShardIterator", "StreamName", stream, "ShardId", "0", "ShardIteratorType", "LATEST")
                .isError(NOT_FOUND, Texts.shardDoesNotExist(S0, stream));
        refusesChanges(stream, "CREATING");
        server.call("DeleteStream", "StreamName", stream).isError(IN_USE, notActive(stream, "CREATING"));
        server.call("CreateStream", "StreamName", stream, "ShardCount", 1)
                .isError(IN_USE, "Stream " + stream + " under account " + ACCOUNT + " already exists.");
        server.call("AddTagsToStream", "StreamName", stream, "Tags", object("a", "b"))
                .isEmpty();
        assertThat(server.describe(stream).path("StreamStatus").asString())
                .as("the state outlasts this test's requests")
                .isEqualTo("CREATING");
        server.awaitActive(stream);
        assertThat(server.describe(stream).path("Shards").size()).isEqualTo(2);
    }

    @Test
    void whileAShardIsSplitTheOldShardsAreListedAndTakeRecords() {
        String stream = create();
        server.awaitActive(stream);
        String shards = server.describe(stream).path("Shards").toString();
        server.call("SplitShard", "StreamName", stream, "ShardToSplit", S0, "NewStartingHashKey", "100")
                .isEmpty();
        assertThat(server.describe(stream).path("StreamStatus").asString()).isEqualTo("UPDATING");
        assertThat(server.describe(stream).path("Shards").toString()).isEqualTo(shards);
        JsonNode put = server.call(
                        "PutRecord", "StreamName", stream, "PartitionKey", "a", "Data", "", "ExplicitHashKey", "1")
                .json();
        assertThat(put.path("ShardId").asString()).isEqualTo(S0);
        JsonNode read = server.getRecords(server.iterator(stream, S0, "TRIM_HORIZON"));
        assertThat(read.path("Records").size()).isEqualTo(1);
        assertThat(read.path("NextShardIterator").asString()).isNotEmpty();
        refusesChanges(stream, "UPDATING");
        server.call("AddTagsToStream", "StreamName", stream, "Tags", object("a", "b"))
                .isEmpty();
        assertThat(server.describe(stream).path("StreamStatus").asString())
                .as("the state outlasts this test's requests")
                .isEqualTo("UPDATING");
        server.awaitActive(stream);
        assertThat(server.describe(stream).path("Shards").size()).isEqualTo(4);
        JsonNode end = server.getRecords(server.iterator(stream, S0, "TRIM_HORIZON"));
        assertThat(end.path("Records").size()).isEqualTo(1);
        assertThat(end.path("ChildShards").size()).isEqualTo(2);
    }

    @Test
    void aStreamIsDeletingBeforeItIsGone() {
        String stream = create();
        server.awaitActive(stream);
        server.call("DeleteStream", "StreamName", stream).isEmpty();
        assertThat(server.describe(stream).path("StreamStatus").asString()).isEqualTo("DELETING");
        assertThat(server.summary(stream).path("StreamStatus").asString()).isEqualTo("DELETING");
        server.call("DeleteStream", "StreamName", stream).isError(IN_USE, notActive(stream, "DELETING"));
        server.call("CreateStream", "StreamName", stream, "ShardCount", 1)
                .isError(IN_USE, "Stream " + stream + " under account " + ACCOUNT + " already exists.");
        server.call("PutRecord", "StreamName", stream, "PartitionKey", "a", "Data", "")
                .isError(NOT_FOUND, Texts.streamNotFound(stream));
        refusesChanges(stream, "DELETING");
        server.awaitGone(stream);
    }

    /** None of the changes that need an ACTIVE stream is taken. */
    private void refusesChanges(String stream, String state) {
        List<WireAnswer> answers = List.of(
                server.call("SplitShard", "StreamName", stream, "ShardToSplit", S0, "NewStartingHashKey", "100"),
                server.call("MergeShards", "StreamName", stream, "ShardToMerge", S0, "AdjacentShardToMerge", "s-1"),
                server.call(
                        "UpdateShardCount",
                        "StreamName",
                        stream,
                        "TargetShardCount",
                        1,
                        "ScalingType",
                        "UNIFORM_SCALING"),
                server.call("IncreaseStreamRetentionPeriod", "StreamName", stream, "RetentionPeriodHours", 25),
                server.call("DecreaseStreamRetentionPeriod", "StreamName", stream, "RetentionPeriodHours", 24),
                server.call("EnableEnhancedMonitoring", "StreamName", stream, "ShardLevelMetrics", List.of("ALL")),
                server.call("UpdateMaxRecordSize", "StreamARN", arn(stream), "MaxRecordSizeInKiB", 2048),
                server.call(
                        "UpdateStreamMode",
                        "StreamARN",
                        arn(stream),
                        "StreamModeDetails",
                        object("StreamMode", "ON_DEMAND")));
        answers.forEach(answer -> answer.isError(IN_USE, notActive(stream, state)));
    }

    private String create() {
        String name = WireServer.newName();
        server.call("CreateStream", "StreamName", name, "ShardCount", 2).isEmpty();
        return name;
    }
}
