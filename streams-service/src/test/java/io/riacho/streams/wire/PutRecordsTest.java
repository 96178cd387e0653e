package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.VALIDATION;
import static io.riacho.streams.wire.WireAnswer.members;
import static io.riacho.streams.wire.WireServer.ACCOUNT;
import static io.riacho.streams.wire.WireServer.THROTTLED_STREAM;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PutRecordsTest {

    private final WireServer server = WireServer.shared();
    private String stream = "";

    @BeforeEach
    void aStreamOfThreeShards() {
        stream = server.createStream(3);
    }

    @Test
    void recordsAreAnsweredInTheirOrder() {
        JsonNode answer = put(
                        record("a"),
                        record("b"),
                        record("e"),
                        record("f"),
                        record("a", "ExplicitHashKey", "340282366920938463463374607431768211455"),
                        record("a", "ExplicitHashKey", "226854911280625642308916404954512140969"))
                .json();
        assertThat(members(answer)).containsExactly("FailedRecordCount", "Records");
        assertThat(answer.path("FailedRecordCount").asInt()).isZero();
        assertThat(answer.path("Records").values())
                .allSatisfy(record -> assertThat(members(record)).containsExactly("SequenceNumber", "ShardId"));
        assertThat(answer.path("Records").values().stream()
                        .map(record -> record.path("ShardId").asString().substring(19)))
                .containsExactly("0", "1", "2", "1", "2", "1");
    }

    @Test
    void withinAShardNumbersFollowTheRequest() {
        JsonNode answer = put(record("a"), record("a"), record("a")).json();
        List<String> numbers = answer.path("Records").values().stream()
                .map(record -> record.path("SequenceNumber").asString())
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anUnknownStreamIsNotFound() {
        String name = WireServer.newName();
        server.call("PutRecords", "StreamName", name, "Records", List.of(record("a")))
                .isError(NOT_FOUND, Texts.streamNotFound(name));
    }

    @Test
    void oneWrongHashKeyRefusesAll() {
        String wrong = "340282366920938463463374607431768211456";
        put(record("a"), record("a", "ExplicitHashKey", wrong))
                .isError(
                        INVALID,
                        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value"
                                + " was " + wrong);
        assertThat(server.getRecords(server.iterator(stream, "0", "TRIM_HORIZON"))
                        .path("Records")
                        .size())
                .isZero();
    }

    @Test
    void oneTooLargeRecordRefusesAll() {
        byte[] tooLarge = new byte[1 << 20];
        put(record("a"), Map.of("PartitionKey", "a", "Data", tooLarge))
                .isError(VALIDATION, PutRecordTest.tooLong("records.2.member.data", 1 << 20));
    }

    @Test
    void allRecordsTogetherHaveTenMebibytesAtMost() {
        byte[] mebibyte = new byte[(1 << 20) - 1];
        List<Map<String, Object>> ten = new ArrayList<>(Collections.nCopies(10, data("k", mebibyte)));
        assertThat(putAll(ten).json().path("FailedRecordCount").asInt()).isZero();
        ten.add(data("k", new byte[0]));
        putAll(ten).isErrorLike(INVALID, "Records size exceeds 10 MB limit");
    }

    @Test
    void fiveHundredRecordsAreTakenAndNotOneMore() {
        assertThat(putAll(Collections.nCopies(500, record("a")))
                        .json()
                        .path("Records")
                        .size())
                .isEqualTo(500);
        putAll(Collections.nCopies(501, record("a")))
                .isErrorLike(
                        VALIDATION,
                        "1 validation error detected: ",
                        "at 'records' failed to satisfy constraint: Member must have length less than or equal to 500");
    }

    @Test
    void theModelsConstraintsNameTheRecord() {
        put(record("", "ExplicitHashKey", ""))
                .isErrorLike(
                        VALIDATION,
                        "2 validation errors detected: ",
                        "Value '' at 'records.1.member.partitionKey' failed to satisfy constraint: Member must have"
                                + " length greater than or equal to 1",
                        "Value '' at 'records.1.member.explicitHashKey' failed to satisfy constraint: Member must"
                                + " satisfy regular expression pattern: 0|([1-9]\\d{0,38})");
        put(record("a"), object())
                .isErrorLike(
                        VALIDATION,
                        "Value null at 'records.2.member.partitionKey' failed to satisfy constraint: Member must not"
                                + " be null",
                        "Value null at 'records.2.member.data' failed to satisfy constraint: Member must not be null");
        putAll(List.of())
                .isErrorLike(
                        VALIDATION,
                        "at 'records' failed to satisfy constraint: Member must have length greater than or"
                                + " equal to 1");
    }

    @Test
    void atMostTenViolationsAreListed() {
        assertThat(putAll(Collections.nCopies(20, record(""))).message()).startsWith("10 validation errors detected: ");
    }

    @Test
    void throttledRecordsFailOneByOneWithAwsTexts() {
        String name = THROTTLED_STREAM;
        server.call("CreateStream", "StreamName", name, "ShardCount", 1);
        server.awaitActive(name);
        JsonNode answer = server.call("PutRecords", "StreamName", name, "Records", Collections.nCopies(30, record("a")))
                .json();
        List<JsonNode> failed = answer.path("Records").values().stream()
                .filter(record -> record.has("ErrorCode"))
                .toList();
        assertThat(failed).isNotEmpty().hasSize(answer.path("FailedRecordCount").asInt());
        String message =
                "Rate exceeded for shard shardId-000000000000 in stream " + name + " under account " + ACCOUNT + ".";
        assertThat(failed).allSatisfy(record -> {
            assertThat(members(record)).containsExactly("ErrorCode", "ErrorMessage");
            assertThat(record.path("ErrorCode").asString()).isEqualTo("ProvisionedThroughputExceededException");
            assertThat(record.path("ErrorMessage").asString()).isEqualTo(message);
        });
        // A slow machine may find a record's worth again after the first try.
        List<WireAnswer> refused = new ArrayList<>();
        WireServer.await(() -> {
            server.call("PutRecords", "StreamName", name, "Records", Collections.nCopies(30, record("a")))
                    .json();
            WireAnswer put = server.call("PutRecord", "StreamName", name, "PartitionKey", "a", "Data", "");
            return put.status() != 200 && refused.add(put);
        });
        refused.getFirst().isError("ProvisionedThroughputExceededException", message);
    }

    @Test
    void throttledReadsHaveAwsText() {
        String name = THROTTLED_STREAM;
        server.call("CreateStream", "StreamName", name, "ShardCount", 1);
        server.awaitActive(name);
        String iterator = server.iterator(name, "0", "LATEST");
        List<WireAnswer> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(server.call("GetRecords", "ShardIterator", iterator));
        }
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSizeGreaterThanOrEqualTo(5);
        WireAnswer refused = answers.stream()
                .filter(answer -> answer.status() != 200)
                .findFirst()
                .orElseThrow();
        refused.isError(
                "ProvisionedThroughputExceededException",
                "Rate exceeded for Shard - " + ACCOUNT + "/" + name + "/shardId-000000000000");
    }

    private WireAnswer put(Object... records) {
        return putAll(Arrays.asList(records));
    }

    private WireAnswer putAll(List<?> records) {
        return server.call("PutRecords", "StreamName", stream, "Records", records);
    }

    private static Map<String, Object> record(String key, Object... more) {
        Map<String, Object> record = object(more);
        record.put("PartitionKey", key);
        record.put("Data", "");
        return record;
    }

    private static Map<String, Object> data(String key, byte[] data) {
        return object("PartitionKey", key, "Data", data);
    }
}
