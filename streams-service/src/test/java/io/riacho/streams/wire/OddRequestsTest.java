package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.VALIDATION;
import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a client sends, it is never told that the server failed. */
class OddRequestsTest {

    private static final Set<String> CLIENTS_FAULT = Set.of(
            "",
            INVALID,
            VALIDATION,
            NOT_FOUND,
            "SerializationException",
            "LimitExceededException",
            "ResourceInUseException",
            "ProvisionedThroughputExceededException",
            "UnknownOperationException");

    private static final List<String> ODD_VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "1e400",
            "-1e-400",
            "0.5",
            "1700000000.1234567",
            "\"NaN\"",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a/b\"",
            "\"-\"",
            "\"0\"",
            "\"99999999999999999999999999999999999999\"",
            "\"\\ud800\"",
            "\"2026-01-01T00:00:00Z\"",
            "[]",
            "[null]",
            "[{}]",
            "[[[]]]",
            "{}",
            "{\"\":null}",
            "{\"Type\":\"AT_TIMESTAMP\",\"Timestamp\":-1e15}",
            "{\"a\":{\"b\":[1,{}]}}");

    private static final WireServer SERVER = WireServer.shared();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @ParameterizedTest
    @MethodSource("operations")
    void oddValuesOfAnyMemberAreTheClientsFault(String operation, JsonNode members) {
        String stream = SERVER.createStream(2);
        Map<String, String> good = good(operation, stream);
        for (String member : members.propertyNames()) {
            for (String value : ODD_VALUES) {
                if (operation.equals("CreateStream") && member.equals("StreamName") && value.equals("\"0\"")) {
                    continue;
                }
                List<String> request = new ArrayList<>();
                good.forEach((name, text) -> {
                    if (!name.equals(member)) {
                        request.add("\"" + name + "\":" + text);
                    }
                });
                request.add("\"" + member + "\":" + value);
                WireAnswer answer = SERVER.call(operation, "{" + String.join(",", request) + "}");
                assertThat(answer.status()).as(answer.toString()).isIn(200, 400);
                assertThat(answer.errorType()).as(answer.toString()).isIn(CLIENTS_FAULT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"\"", "1", "{", "{]", "", "{\"StreamName\":}", "{} {}", "\u0000"})
    void aBodyThatIsNoObjectIsNotUnderstood(String body) {
        WireAnswer answer = SERVER.call("DescribeStream", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.errorType()).as(answer.toString()).isEqualTo("SerializationException");
    }

    @Test
    void whatTheModelDoesNotKnowIsSkipped() {
        String stream = SERVER.createStream(1);
        SERVER.call("DescribeStream", "StreamName", stream, "Nonsense", object("deep", List.of(1, object())))
                .json();
    }

    @Test
    void aStreamIdIsRefusedSinceStreamsHaveNone() {
        String stream = SERVER.createStream(1);
        SERVER.call("DescribeStream", "StreamName", stream, "StreamId", "abcdefghijklmnopqrst-uvx")
                .isErrorLike(INVALID, "StreamId");
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> operations() {
        JsonNode model = MAPPER.readTree(OddRequestsTest.class.getResourceAsStream("/aws-api/kinesis.json"));
        return model.path("operations").propertyStream().map(operation -> {
            String shape = operation.getValue().path("input").path("shape").asString("");
            return org.junit.jupiter.params.provider.Arguments.of(
                    operation.getKey(), model.path("shapes").path(shape).path("members"));
        });
    }

    /** The members of a request that would do no harm. */
    private static Map<String, String> good(String operation, String stream) {
        String name = "\"" + stream + "\"";
        String arn = "\"" + arn(stream) + "\"";
        String shard = "\"shardId-000000000000\"";
        return switch (operation) {
            case "DeleteStream", "CreateStream" -> Map.of("StreamName", "\"no-such-stream\"", "ShardCount", "100000");
            case "GetShardIterator" ->
                Map.of("StreamName", name, "ShardId", shard, "ShardIteratorType", "\"AT_TIMESTAMP\"", "Timestamp", "1");
            case "GetRecords" -> Map.of("ShardIterator", "\"" + SERVER.iterator(stream, "0", "TRIM_HORIZON") + "\"");
            case "PutRecord" -> Map.of("StreamName", name, "PartitionKey", "\"k\"", "Data", "\"\"");
            case "PutRecords" -> Map.of("StreamName", name, "Records", "[{\"PartitionKey\":\"k\",\"Data\":\"\"}]");
            case "SplitShard" -> Map.of("StreamName", name, "ShardToSplit", shard, "NewStartingHashKey", "\"0\"");
            case "MergeShards" -> Map.of("StreamName", name, "ShardToMerge", shard, "AdjacentShardToMerge", shard);
            case "UpdateShardCount" ->
                Map.of("StreamName", name, "TargetShardCount", "2", "ScalingType", "\"UNIFORM_SCALING\"");
            case "AddTagsToStream" -> Map.of("StreamName", name, "Tags", "{\"a\":\"b\"}");
            case "RemoveTagsFromStream" -> Map.of("StreamName", name, "TagKeys", "[\"a\"]");
            case "TagResource" -> Map.of("ResourceARN", arn, "Tags", "{\"a\":\"b\"}");
            case "UntagResource" -> Map.of("ResourceARN", arn, "TagKeys", "[\"a\"]");
            case "ListTagsForResource" -> Map.of("ResourceARN", arn);
            case "IncreaseStreamRetentionPeriod", "DecreaseStreamRetentionPeriod" ->
                Map.of("StreamName", name, "RetentionPeriodHours", "24");
            case "EnableEnhancedMonitoring", "DisableEnhancedMonitoring" ->
                Map.of("StreamName", name, "ShardLevelMetrics", "[\"ALL\"]");
            case "UpdateMaxRecordSize" -> Map.of("StreamARN", arn, "MaxRecordSizeInKiB", "1024");
            case "UpdateStreamMode" ->
                Map.of("StreamARN", arn, "StreamModeDetails", "{\"StreamMode\":\"PROVISIONED\"}");
            case "UpdateStreamWarmThroughput" -> Map.of("StreamARN", arn, "WarmThroughputMiBps", "1");
            case "UpdateAccountSettings" -> Map.of("MinimumThroughputBillingCommitment", "{\"Status\":\"NONSENSE\"}");
            case "ListShards" ->
                Map.of("StreamName", name, "ShardFilter", "{\"Type\":\"FROM_TIMESTAMP\",\"Timestamp\":1}");
            case "ListStreams" -> Map.of("Limit", "1");
            default -> Map.of("StreamName", name);
        };
    }
}
