package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.VALIDATION;
import static io.riacho.streams.wire.WireAnswer.members;
import static io.riacho.streams.wire.WireServer.ACCOUNT;
import static io.riacho.streams.wire.WireServer.arn;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PutRecordTest {

    private static final String TWO_TO_128 = "340282366920938463463374607431768211456";

    private final WireServer server = WireServer.shared();
    private String stream = "";

    @BeforeEach
    void aStreamOfThreeShards() {
        stream = server.createStream(3);
    }

    @Test
    void theAnswerTellsShardAndSequenceNumberAndNothingElse() {
        JsonNode answer = put("PartitionKey", "a", "Data", "").json();
        assertThat(members(answer)).containsExactly("SequenceNumber", "ShardId");
        assertThat(answer.path("ShardId").asString()).isEqualTo("shardId-000000000000");
        assertThat(new BigInteger(answer.path("SequenceNumber").asString()).toString(16))
                .matches("2[0-9a-f]{9}0[0-9a-f]{16}00[0-9a-f]{9}000000002");
    }

    @ParameterizedTest
    @CsvSource({"a,0", "b,1", "e,2", "f,1"})
    void theMd5OfThePartitionKeyChoosesTheShard(String key, int shard) {
        assertThat(put("PartitionKey", key, "Data", "").json().path("ShardId").asString())
                .isEqualTo("shardId-00000000000" + shard);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "226854911280625642308916404954512140969,1",
        "226854911280625642308916404954512140970,2",
        "340282366920938463463374607431768211455,2"
    })
    void anExplicitHashKeyChoosesTheShard(String hashKey, int shard) {
        assertThat(put("PartitionKey", "a", "Data", "", "ExplicitHashKey", hashKey)
                        .json()
                        .path("ShardId")
                        .asString())
                .isEqualTo("shardId-00000000000" + shard);
    }

    @ParameterizedTest
    @ValueSource(strings = {TWO_TO_128, "999999999999999999999999999999999999999"})
    void anExplicitHashKeyLiesOnTheRing(String hashKey) {
        put("PartitionKey", "a", "Data", "", "ExplicitHashKey", hashKey)
                .isError(
                        INVALID,
                        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value"
                                + " was " + hashKey);
    }

    @Test
    void anUnknownStreamIsToldBeforeAnythingElse() {
        String name = WireServer.newName();
        server.call("PutRecord", "StreamName", name, "PartitionKey", "a", "Data", "", "ExplicitHashKey", TWO_TO_128)
                .isError(NOT_FOUND, Texts.streamNotFound(name));
        server.call("PutRecord", "StreamARN", arn(name), "PartitionKey", "a", "Data", "")
                .isError(NOT_FOUND, Texts.streamNotFound(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2ffffffffff7fffffffffffffff000000000007fffffff2",
                "20000000000000000000000000000000000000000000002",
                "20000000000000000000000000000000000000000000001",
                "20000000000000000000000000000000000000800000002",
                "0"
            })
    void aPastSequenceNumberOrdersWhateverItsShard(String hexadecimal) {
        order(decimal(hexadecimal)).json();
    }

    @Test
    void theNumberOfTheRecordBeforeOrders() {
        String first = put("PartitionKey", "a", "Data", "")
                .json()
                .path("SequenceNumber")
                .asString();
        String second = order(first).json().path("SequenceNumber").asString();
        assertThat(new BigInteger(second)).isGreaterThan(new BigInteger(first));
    }

    @Test
    void theNumberOfARecordInAFreshChildOrders() {
        server.call("SplitShard", "StreamName", stream, "ShardToSplit", "shard-0", "NewStartingHashKey", "1000")
                .isEmpty();
        server.awaitActive(stream);
        JsonNode first =
                put("PartitionKey", "a", "Data", "", "ExplicitHashKey", "0").json();
        assertThat(first.path("ShardId").asString()).isEqualTo("shardId-000000000003");
        order(first.path("SequenceNumber").asString()).json();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20000000000000000000000000000000000000000000000",
                "20000000000000000000000000000000000000000000004",
                "20000000000000000000000000000000000000000000003",
                "30000000000000000000000000000000000000000000001",
                "1ffffffffff7fffffffffffffff000000000007fffffff2",
                "20000000000800000000000000000000000000000000002",
                "13bb2cc3d80000000000000000000000",
                "200000000000000000000000000000000000000000000002"
            })
    void aNumberOfNoVersionDoesNotOrder(String hexadecimal) {
        refusedOrder(decimal(hexadecimal));
    }

    @Test
    void aNumberOfTheFutureDoesNotOrder() {
        long now = Instant.now().getEpochSecond();
        refusedOrder(decimal("200000000000000000000000000000" + Long.toHexString(now + 10) + "000000002"));
        order(decimal("2ffffffffff7fffffff7fffffff000" + Long.toHexString(now - 2) + "7fffffff2"))
                .json();
    }

    @Test
    void keyAndDataTogetherHaveAMebibyteAtMost() {
        byte[] data = new byte[(1 << 20) - 3];
        put("PartitionKey", "key", "Data", data).json();
        put("PartitionKey", "keys", "Data", data).isError(VALIDATION, tooLong("data", 1 << 20));
        put("PartitionKey", "key", "Data", new byte[(1 << 20) + 1]).isError(VALIDATION, tooLong("data", 1 << 20));
    }

    @Test
    void aStreamMayTakeLargerRecords() {
        String large = server.createStream("ShardCount", 1, "MaxRecordSizeInKiB", 2048);
        server.call("PutRecord", "StreamName", large, "PartitionKey", "k", "Data", new byte[(2 << 20) - 1])
                .json();
        server.call("PutRecord", "StreamName", large, "PartitionKey", "k", "Data", new byte[2 << 20])
                .isError(VALIDATION, tooLong("data", 2 << 20));
    }

    @Test
    void theModelsConstraintsComeFirst() {
        server.call(
                        "PutRecord",
                        "StreamName",
                        "",
                        "PartitionKey",
                        "",
                        "Data",
                        "",
                        "ExplicitHashKey",
                        "",
                        "SequenceNumberForOrdering",
                        "")
                .isErrorLike(
                        VALIDATION,
                        "5 validation errors detected: ",
                        "Value '' at 'sequenceNumberForOrdering' failed to satisfy constraint: Member must satisfy"
                                + " regular expression pattern: 0|([1-9]\\d{0,128})",
                        "Value '' at 'partitionKey' failed to satisfy constraint: Member must have length greater than"
                                + " or equal to 1",
                        "Value '' at 'explicitHashKey' failed to satisfy constraint: Member must satisfy regular"
                                + " expression pattern: 0|([1-9]\\d{0,38})",
                        "Value '' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression"
                                + " pattern: [a-zA-Z0-9_.-]+");
        server.call("PutRecord", "StreamName", stream)
                .isErrorLike(
                        VALIDATION,
                        "2 validation errors detected: ",
                        "Value null at 'partitionKey' failed to satisfy constraint: Member must not be null",
                        "Value null at 'data' failed to satisfy constraint: Member must not be null");
        String key = "a".repeat(257);
        put("PartitionKey", key, "Data", "")
                .isError(
                        VALIDATION,
                        Texts.violation(
                                "'" + key + "'", "partitionKey", "Member must have length less than or equal to 256"));
    }

    @ParameterizedTest
    @CsvSource({
        "23456,'''23456'' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but"
                + " found: 5'",
        "=+/=,'''=+/='' can not be converted to a Blob: Invalid Base64 character: ''='''",
        "+/+=,'''+/+='' can not be converted to a Blob: Invalid last non-pad Base64 character dectected'"
    })
    void dataHasToBeBase64(String data, String message) {
        put("PartitionKey", "a", "Data", data).isError("SerializationException", message);
    }

    @Test
    void keysOfAnyCharactersComeBackAsTheyWere() {
        String key = "ü \"\\ \t\n 💥 \u0001 </script>";
        String shard =
                put("PartitionKey", key, "Data", "AA==").json().path("ShardId").asString();
        JsonNode record = server.getRecords(server.iterator(stream, shard, "TRIM_HORIZON"))
                .path("Records")
                .path(0);
        assertThat(record.path("PartitionKey").asString()).isEqualTo(key);
    }

    private void refusedOrder(String number) {
        order(number)
                .isError(
                        INVALID,
                        "ExclusiveMinimumSequenceNumber " + number + " used in PutRecord on stream " + stream
                                + " under account " + ACCOUNT + " is invalid.");
    }

    private WireAnswer order(String number) {
        return put("PartitionKey", "a", "Data", "", "SequenceNumberForOrdering", number);
    }

    private WireAnswer put(Object... members) {
        Map<String, Object> request = WireServer.object(members);
        request.put("StreamName", stream);
        return server.call("PutRecord", request);
    }

    static String tooLong(String member, int most) {
        return "1 validation error detected: Value at '" + member
                + "' failed to satisfy constraint: Member must have length less than or equal to " + most;
    }

    private static String decimal(String hexadecimal) {
        return new BigInteger(hexadecimal, 16).toString();
    }
}
