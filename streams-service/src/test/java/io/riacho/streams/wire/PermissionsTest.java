package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.model.ServiceModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which action on which resource each operation needs, from "Actions, resources, and condition keys for Amazon Kinesis
 * Data Streams" in AWS's service authorization reference.
 */
class PermissionsTest {

    private static final String DENIED = "AccessDeniedException";

    /** Refused by name: a test of theirs belongs here as soon as they are served. */
    /** See ConsumersTest and SubscriptionPermissionsTest. */
    private static final Set<String> OF_CONSUMERS = Set.of(
            "RegisterStreamConsumer",
            "DeregisterStreamConsumer",
            "DescribeStreamConsumer",
            "ListStreamConsumers",
            "SubscribeToShard");

    private static final Set<String> ON_NO_STREAM =
            Set.of("ListStreams", "DescribeLimits", "DescribeAccountSettings", "UpdateAccountSettings");

    private final WireServer server = WireServer.shared();

    static Stream<String> operations() {
        return new TreeSet<>(ServiceModel.load("kinesis").operations())
                .stream().filter(operation -> !OF_CONSUMERS.contains(operation));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whoMayNothingIsDeniedAndChangesNothing(String operation) {
        String stream = server.createStream(2);
        Map<String, Object> request = request(operation, stream);
        String before = state(stream);
        TestUsers.User nobody = server.users().with();

        server.callAs(nobody, operation, request)
                .isError(
                        DENIED,
                        "User: " + nobody.arn() + " is not authorized to perform: kinesis:" + operation
                                + (ON_NO_STREAM.contains(operation)
                                        ? ""
                                        : " on resource: " + resource(operation, stream))
                                + " because no identity-based policy allows the kinesis:" + operation + " action");
        assertThat(state(stream)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theOneActionOnTheOneResourceIsEnough(String operation) {
        String stream = server.createStream(2);
        Map<String, Object> request = request(operation, stream);
        TestUsers.User user =
                server.users().with(TestUsers.allowing("kinesis:" + operation, resource(operation, stream)));

        WireAnswer answer = server.callAs(user, operation, request);

        switch (operation) {
            // Other tests of the same account decide what it says, but it is asked.
            case "UpdateAccountSettings" ->
                assertThat(answer.errorType()).as(answer.toString()).isNotEqualTo(DENIED);
            case "UpdateStreamWarmThroughput" -> answer.isErrorLike("ValidationException", "WarmThroughput");
            default -> assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anotherActionOrAnotherStreamIsNotEnough(String operation) {
        String stream = server.createStream(2);
        TestUsers.User user = server.users()
                .with(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"NotAction\":\"kinesis:"
                                + operation + "\",\"Resource\":\"*\"}]}",
                        TestUsers.allowing("kinesis:" + operation, arn("another")));

        WireAnswer answer = server.callAs(user, operation, request(operation, stream));

        assertThat(answer.errorType()).as(answer.toString()).isEqualTo(DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeStreamSummary", "PutRecord", "ListTagsForResource"})
    void streamsOfServicesAreNotForThoseWhoMayUseAllStreams(String operation) {
        String name = "riacho." + WireServer.newName();
        Map<String, Object> request = request(operation, name);
        TestUsers.User user = server.users().with(TestUsers.allowing("kinesis:*", "*"));

        server.callAs(user, operation, request)
                .isErrorLike(
                        DENIED, "is not authorized to perform: riacho:UseInternalStream on resource: " + arn(name));
        WireAnswer allowed = server.callAs(
                server.users().with(TestUsers.allowing("kinesis:*", "*"), TestUsers.allowing("riacho:*", "*")),
                operation,
                request);
        assertThat(allowed.errorType()).as(allowed.toString()).isNotEqualTo(DENIED);
    }

    @Test
    void streamsOfServicesAreNotListedAndCountForNoLimit() {
        String name = "riacho." + WireServer.newName();
        server.call("CreateStream", "StreamName", name, "ShardCount", 1);
        assertThat(server.call("ListStreams", "Limit", 10_000).toString()).doesNotContain(name);
        assertThat(server.call("DescribeStreamSummary", "StreamName", name).status())
                .isEqualTo(200);
    }

    @Test
    void aStreamMayBeCreatedWithTagsByWhoMayAddTagsToo() {
        String name = WireServer.newName();
        Map<String, Object> request = object("StreamName", name, "ShardCount", 1, "Tags", object("team", "red"));
        String create = TestUsers.allowing("kinesis:CreateStream", arn(name));

        WireAnswer refused = server.callAs(server.users().with(create), "CreateStream", request);
        assertThat(refused.message()).contains("is not authorized to perform: kinesis:AddTagsToStream on resource: ");
        server.call("DescribeStreamSummary", "StreamName", name)
                .isError("ResourceNotFoundException", Texts.streamNotFound(name));

        server.callAs(
                        server.users().with(create, TestUsers.allowing("kinesis:AddTagsToStream", arn(name))),
                        "CreateStream",
                        request)
                .isEmpty();
    }

    @Test
    void theTagsOfTheStreamAndOfTheRequestAreConditionKeys() {
        String stream = server.createStream(1);
        TestUsers.User user = server.users().with("""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":"kinesis:PutRecord","Resource":"*",
               "Condition":{"StringEquals":{"aws:ResourceTag/Team":"red"}}},
              {"Effect":"Allow","Action":"kinesis:AddTagsToStream","Resource":"*",
               "Condition":{"StringEquals":{"aws:RequestTag/Team":"red"},
                            "ForAllValues:StringEquals":{"aws:TagKeys":["Team"]}}}]}\
            """);
        Map<String, Object> put = object("StreamName", stream, "PartitionKey", "k", "Data", "");

        assertThat(server.callAs(user, "PutRecord", put).errorType()).isEqualTo(DENIED);
        assertThat(tag(user, stream, object("Team", "blue")).errorType()).isEqualTo(DENIED);
        assertThat(tag(user, stream, object("Team", "red", "More", "1")).errorType())
                .isEqualTo(DENIED);
        tag(user, stream, object("Team", "red")).isEmpty();
        server.callAs(user, "PutRecord", put).json();
        server.call("RemoveTagsFromStream", "StreamName", stream, "TagKeys", List.of("Team"))
                .isEmpty();
        assertThat(server.callAs(user, "PutRecord", put).errorType()).isEqualTo(DENIED);
    }

    private WireAnswer tag(TestUsers.User user, String stream, Map<String, Object> tags) {
        return server.callAs(user, "AddTagsToStream", object("StreamName", stream, "Tags", tags));
    }

    private static String resource(String operation, String stream) {
        return ON_NO_STREAM.contains(operation)
                ? "*"
                : arn(operation.equals("CreateStream") ? "new-" + stream : stream);
    }

    /** All that an operation could change of the stream, of its records and of the account. */
    private String state(String stream) {
        return server.describe(stream) + " " + server.summary(stream) + " "
                + server.call("ListTagsForStream", "StreamName", stream).text()
                + server.call("GetResourcePolicy", "ResourceARN", arn(stream)).text()
                + server.call("DescribeAccountSettings").text()
                + server.call("DescribeStreamSummary", "StreamName", "new-" + stream)
                        .text()
                + server.getRecords(server.iterator(stream, "0", "TRIM_HORIZON"))
                        .path("Records")
                + server.getRecords(server.iterator(stream, "1", "TRIM_HORIZON"))
                        .path("Records");
    }

    /** A request that works. */
    private Map<String, Object> request(String operation, String stream) {
        String shard = "shardId-000000000000";
        return switch (operation) {
            case "CreateStream" -> object("StreamName", "new-" + stream, "ShardCount", 1);
            case "GetShardIterator" ->
                object("StreamName", stream, "ShardId", shard, "ShardIteratorType", "TRIM_HORIZON");
            case "GetRecords" -> object("ShardIterator", server.iterator(stream, shard, "TRIM_HORIZON"));
            case "PutRecord" -> object("StreamName", stream, "PartitionKey", "k", "Data", "");
            case "PutRecords" ->
                object("StreamName", stream, "Records", List.of(object("PartitionKey", "k", "Data", "")));
            case "SplitShard" ->
                object("StreamName", stream, "ShardToSplit", shard, "NewStartingHashKey", "1000000000000");
            case "MergeShards" ->
                object("StreamName", stream, "ShardToMerge", shard, "AdjacentShardToMerge", "shardId-000000000001");
            case "UpdateShardCount" ->
                object("StreamName", stream, "TargetShardCount", 4, "ScalingType", "UNIFORM_SCALING");
            case "AddTagsToStream" -> object("StreamName", stream, "Tags", object("a", "b"));
            case "RemoveTagsFromStream" -> object("StreamName", stream, "TagKeys", List.of("a"));
            case "TagResource" -> object("ResourceARN", arn(stream), "Tags", object("a", "b"));
            case "UntagResource" -> object("ResourceARN", arn(stream), "TagKeys", List.of("a"));
            case "ListTagsForResource", "GetResourcePolicy" -> object("ResourceARN", arn(stream));
            case "PutResourcePolicy" ->
                object("ResourceARN", arn(stream), "Policy", ResourcePolicyTest.allowing(stream, "kinesis:PutRecord"));
            case "DeleteResourcePolicy" -> {
                server.call(
                        "PutResourcePolicy",
                        "ResourceARN",
                        arn(stream),
                        "Policy",
                        ResourcePolicyTest.allowing(stream, "kinesis:ListShards"));
                yield object("ResourceARN", arn(stream));
            }
            case "IncreaseStreamRetentionPeriod" -> object("StreamName", stream, "RetentionPeriodHours", 48);
            case "DecreaseStreamRetentionPeriod" -> object("StreamName", stream, "RetentionPeriodHours", 24);
            case "EnableEnhancedMonitoring", "DisableEnhancedMonitoring" ->
                object("StreamName", stream, "ShardLevelMetrics", List.of("ALL"));
            case "StartStreamEncryption", "StopStreamEncryption" ->
                object("StreamName", stream, "EncryptionType", "KMS", "KeyId", "alias/aws/kinesis");
            case "UpdateMaxRecordSize" -> object("StreamARN", arn(stream), "MaxRecordSizeInKiB", 2048);
            case "UpdateStreamMode" ->
                object("StreamARN", arn(stream), "StreamModeDetails", object("StreamMode", "ON_DEMAND"));
            case "UpdateStreamWarmThroughput" -> object("StreamARN", arn(stream), "WarmThroughputMiBps", 1);
            case "UpdateAccountSettings" -> object("MinimumThroughputBillingCommitment", object("Status", "DISABLED"));
            case "ListStreams", "DescribeLimits", "DescribeAccountSettings" -> object();
            default -> object("StreamName", stream);
        };
    }
}
