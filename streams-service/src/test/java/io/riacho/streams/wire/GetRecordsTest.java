package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.VALIDATION;
import static io.riacho.streams.wire.WireAnswer.members;
import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GetRecordsTest {

    private static final String S0 = "shardId-000000000000";

    private final WireServer server = WireServer.shared();

    @Test
    void anAnswerHasExactlyWhatAwsAnswers() {
        String stream = server.createStream(1);
        String number = server.call("PutRecord", "StreamName", stream, "PartitionKey", "k", "Data", "aGVsbG8=")
                .json()
                .path("SequenceNumber")
                .asString();
        JsonNode answer = read(stream, "TRIM_HORIZON");
        assertThat(members(answer)).containsExactly("MillisBehindLatest", "NextShardIterator", "Records");
        assertThat(answer.path("MillisBehindLatest").asLong()).isZero();
        JsonNode record = answer.path("Records").path(0);
        assertThat(members(record))
                .containsExactly("ApproximateArrivalTimestamp", "Data", "PartitionKey", "SequenceNumber");
        assertThat(record.path("Data").asString()).isEqualTo("aGVsbG8=");
        assertThat(record.path("PartitionKey").asString()).isEqualTo("k");
        assertThat(record.path("SequenceNumber").asString()).isEqualTo(number);
        assertThat(record.path("ApproximateArrivalTimestamp").asDouble()).isBetween(1.7e9, 4e9);
    }

    @Test
    void anEmptyShardGivesNoRecordsAndAnotherIterator() {
        String stream = server.createStream(1);
        String iterator = server.iterator(stream, S0, "LATEST");
        JsonNode answer = server.getRecords(iterator);
        assertThat(answer.path("Records").toString()).isEqualTo("[]");
        String next = answer.path("NextShardIterator").asString();
        assertThat(next).isNotEmpty().isNotEqualTo(iterator);
        assertThat(server.getRecords(next).path("NextShardIterator").asString())
                .isNotEmpty()
                .isNotEqualTo(next);
    }

    @Test
    void anIteratorCanBeUsedAgain() {
        String stream = server.createStream(1);
        String latest = server.iterator(stream, S0, "LATEST");
        String next = server.getRecords(latest).path("NextShardIterator").asString();
        server.put(stream, "a");
        for (String iterator : List.of(latest, next, latest)) {
            assertThat(keys(server.getRecords(iterator))).containsExactly("a");
        }
    }

    @Test
    void latestSeesWhatComesAfterIt() {
        String stream = server.createStream(1);
        server.put(stream, "before");
        String iterator = server.iterator(stream, S0, "LATEST");
        server.put(stream, "after");
        assertThat(keys(server.getRecords(iterator))).containsExactly("after");
    }

    @Test
    void readingBeginsAtOrAfterASequenceNumber() {
        String stream = server.createStream(1);
        List<String> numbers = put(stream, 4);
        assertThat(keys(read(stream, "AT_SEQUENCE_NUMBER", "StartingSequenceNumber", numbers.get(1))))
                .containsExactly("1", "2", "3");
        assertThat(keys(read(stream, "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber", numbers.get(1))))
                .containsExactly("2", "3");
        assertThat(keys(read(stream, "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber", numbers.get(3))))
                .isEmpty();
        String start = server.shards(stream)
                .getFirst()
                .path("SequenceNumberRange")
                .path("StartingSequenceNumber")
                .asString();
        assertThat(keys(read(stream, "AT_SEQUENCE_NUMBER", "StartingSequenceNumber", start)))
                .hasSize(4);
        assertThat(keys(read(stream, "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber", start)))
                .hasSize(4);
    }

    @Test
    void atTimestampIsExactToTheMillisecond() throws InterruptedException {
        String stream = server.createStream(1);
        for (int i = 0; i < 5; i++) {
            server.put(stream, String.valueOf(i));
            Thread.sleep(3);
        }
        List<JsonNode> records =
                List.copyOf(read(stream, "TRIM_HORIZON").path("Records").values());
        long third =
                Math.round(records.get(2).path("ApproximateArrivalTimestamp").asDouble() * 1000);
        assertThat(keys(read(stream, "AT_TIMESTAMP", "Timestamp", third / 1000.0)))
                .containsExactly("2", "3", "4");
        assertThat(keys(read(stream, "AT_TIMESTAMP", "Timestamp", (third + 1) / 1000.0)))
                .containsExactly("3", "4");
        assertThat(keys(read(stream, "AT_TIMESTAMP", "Timestamp", (third - 1) / 1000.0)))
                .containsExactly("2", "3", "4");
    }

    @Test
    void aLimitIsKeptAndTheNextIteratorGoesOnBehindIt() {
        String stream = server.createStream(1);
        put(stream, 5);
        JsonNode first = get(server.iterator(stream, S0, "TRIM_HORIZON"), "Limit", 2);
        assertThat(keys(first)).containsExactly("0", "1");
        String next = first.path("NextShardIterator").asString();
        assertThat(keys(get(next, "Limit", 10_000))).containsExactly("2", "3", "4");
        assertThat(keys(get(next, "Limit", 1))).containsExactly("2");
    }

    @Test
    void millisBehindLatestTellsTheAgeOfTheLastRecordWhereMoreFollow() throws InterruptedException {
        String stream = server.createStream(1);
        server.put(stream, "0");
        Thread.sleep(50);
        server.put(stream, "1");
        String iterator = server.iterator(stream, S0, "TRIM_HORIZON");
        assertThat(get(iterator, "Limit", 1).path("MillisBehindLatest").asLong())
                .isBetween(50L, 20_000L);
        assertThat(get(iterator, "Limit", 2).path("MillisBehindLatest").asLong())
                .isZero();
    }

    @Test
    void anAnswerHasTenMebibytesAtMost() {
        String stream = server.createStream("ShardCount", 1, "MaxRecordSizeInKiB", 10_240);
        byte[] data = new byte[4 << 20];
        for (int i = 0; i < 3; i++) {
            server.call("PutRecord", "StreamName", stream, "PartitionKey", "k", "Data", data)
                    .json();
        }
        JsonNode first = read(stream, "TRIM_HORIZON");
        assertThat(first.path("Records").size()).isEqualTo(2);
        JsonNode rest = server.getRecords(first.path("NextShardIterator").asString());
        assertThat(rest.path("Records").size()).isEqualTo(1);
        assertThat(rest.path("Records").path(0).path("Data").binaryValue()).isEqualTo(data);
    }

    @Test
    void aClosedShardEndsWithItsChildren() {
        String stream = server.createStream(1);
        server.put(stream, "a");
        split(stream);
        JsonNode end = read(stream, "TRIM_HORIZON");
        assertThat(members(end)).containsExactly("ChildShards", "MillisBehindLatest", "Records");
        assertThat(keys(end)).containsExactly("a");
        assertThat(end.path("ChildShards").toString())
                .isEqualTo("[{\"ShardId\":\"shardId-000000000001\",\"ParentShards\":[\"" + S0
                        + "\"],\"HashKeyRange\":{\"StartingHashKey\":\"0\",\"EndingHashKey\":\"99\"}},"
                        + "{\"ShardId\":\"shardId-000000000002\",\"ParentShards\":[\"" + S0
                        + "\"],\"HashKeyRange\":{\"StartingHashKey\":\"100\",\"EndingHashKey\":"
                        + "\"340282366920938463463374607431768211455\"}}]");
        JsonNode latest = read(stream, "LATEST");
        assertThat(members(latest)).containsExactly("ChildShards", "MillisBehindLatest", "Records");
        assertThat(latest.path("MillisBehindLatest").asLong()).isZero();
    }

    @Test
    void aClosedShardIsReadInPartsBeforeItEnds() {
        String stream = server.createStream(1);
        put(stream, 3);
        split(stream);
        JsonNode part = get(server.iterator(stream, S0, "TRIM_HORIZON"), "Limit", 2);
        assertThat(members(part)).containsExactly("MillisBehindLatest", "NextShardIterator", "Records");
        JsonNode end = server.getRecords(part.path("NextShardIterator").asString());
        assertThat(keys(end)).containsExactly("2");
        assertThat(members(end)).containsExactly("ChildShards", "MillisBehindLatest", "Records");
    }

    @Test
    void theChildOfAMergeNamesBothParents() {
        String stream = server.createStream(2);
        server.call(
                        "MergeShards",
                        "StreamName",
                        stream,
                        "ShardToMerge",
                        "shardId-0",
                        "AdjacentShardToMerge",
                        "shardId-1")
                .isEmpty();
        server.awaitActive(stream);
        assertThat(read(stream, "TRIM_HORIZON")
                        .path("ChildShards")
                        .path(0)
                        .path("ParentShards")
                        .toString())
                .isEqualTo("[\"" + S0 + "\",\"shardId-000000000001\"]");
    }

    @Test
    void anIteratorLivesForFiveMinutes() {
        String stream = server.createStream(1);
        String iterator = server.iterator(stream, S0, "LATEST");
        server.clock().ahead(Duration.ofSeconds(299), () -> server.getRecords(iterator));
        server.clock().ahead(Duration.ofSeconds(301), () -> {
            WireAnswer answer = server.call("GetRecords", "ShardIterator", iterator);
            assertThat(answer.message())
                    .matches("Iterator expired\\. The iterator was created at time"
                            + " \\w{3} \\w{3} \\d{2} \\d{2}:\\d{2}:\\d{2} UTC \\d{4} while right now it is"
                            + " \\w{3} \\w{3} \\d{2} \\d{2}:\\d{2}:\\d{2} UTC \\d{4} which is further in the future than"
                            + " the tolerated delay of 300000 milliseconds\\.");
            answer.isError("ExpiredIteratorException", answer.message());
        });
    }

    @Test
    void expiryIsToldBeforeTheStreamIsLookedFor() {
        String stream = server.createStream(1);
        String iterator = server.iterator(stream, S0, "LATEST");
        server.call("DeleteStream", "StreamName", stream).isEmpty();
        server.awaitGone(stream);
        server.clock()
                .ahead(
                        Duration.ofMinutes(6),
                        () -> server.call("GetRecords", "ShardIterator", iterator)
                                .isErrorLike("ExpiredIteratorException", "Iterator expired."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "AAAA", "\"", "\"\"", "💥"})
    void whatIsNoIteratorIsInvalid(String iterator) {
        server.call("GetRecords", "ShardIterator", iterator).isError(INVALID, "Invalid ShardIterator.");
    }

    @Test
    void anIteratorThatWasTamperedWithIsInvalid() {
        String iterator = server.iterator(server.createStream(1), S0, "LATEST");
        for (int i = 0; i < iterator.length() - 4; i += 7) {
            char other = iterator.charAt(i) == 'A' ? 'B' : 'A';
            String changed = iterator.substring(0, i) + other + iterator.substring(i + 1);
            server.call("GetRecords", "ShardIterator", changed).isError(INVALID, "Invalid ShardIterator.");
        }
    }

    @Test
    void anIteratorInQuotesIsTaken() {
        String stream = server.createStream(1);
        server.put(stream, "a");
        String iterator = server.iterator(stream, S0, "TRIM_HORIZON");
        assertThat(keys(server.getRecords('"' + iterator + '"'))).containsExactly("a");
    }

    @Test
    void theModelsConstraintsComeFirst() {
        server.call("GetRecords", "ShardIterator", "", "Limit", 0)
                .isErrorLike(
                        VALIDATION,
                        "2 validation errors detected: ",
                        "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or"
                                + " equal to 1",
                        "Value '' at 'shardIterator' failed to satisfy constraint: Member must have length greater than"
                                + " or equal to 1");
        server.call("GetRecords", "ShardIterator", "a", "Limit", 10_001)
                .isError(
                        VALIDATION,
                        Texts.violation("'10001'", "limit", "Member must have value less than or equal to 10000"));
        server.call("GetRecords")
                .isError(VALIDATION, Texts.violation("null", "shardIterator", "Member must not be null"));
    }

    @Test
    void theArnHasToBeThatOfTheIteratorsStream() {
        String stream = server.createStream(1);
        String iterator = server.iterator(stream, S0, "LATEST");
        get(iterator, "StreamARN", arn(stream));
        server.call("GetRecords", "ShardIterator", iterator, "StreamARN", arn(server.createStream(1)))
                .isErrorLike(INVALID, "StreamARN");
    }

    @Test
    void iteratorsOfADeletedStreamFindTheShardsOfItsSuccessor() {
        String stream = server.createStream(2);
        String first = server.iterator(stream, S0, "LATEST");
        String second = server.iterator(stream, "shardId-000000000001", "LATEST");
        server.call("DeleteStream", "StreamName", stream).isEmpty();
        server.awaitGone(stream);
        server.call("GetRecords", "ShardIterator", first).isError(NOT_FOUND, Texts.shardDoesNotExist(S0, stream));
        server.call("CreateStream", "StreamName", stream, "ShardCount", 1).isEmpty();
        server.awaitActive(stream);
        server.call("GetRecords", "ShardIterator", second)
                .isError(NOT_FOUND, Texts.shardDoesNotExist("shardId-000000000001", stream));
        JsonNode answer = server.getRecords(first);
        assertThat(answer.path("Records").toString()).isEqualTo("[]");
        assertThat(answer.path("NextShardIterator").asString()).isNotEmpty();
    }

    private JsonNode read(String stream, String type, Object... more) {
        return server.getRecords(server.iterator(stream, S0, type, more));
    }

    private JsonNode get(String iterator, Object... more) {
        Map<String, Object> request = object(more);
        request.put("ShardIterator", iterator);
        return server.call("GetRecords", request).json();
    }

    /** Puts records with the keys 0, 1, and so on; gives their sequence numbers. */
    private List<String> put(String stream, int count) {
        JsonNode answer = server.call(
                        "PutRecords",
                        "StreamName",
                        stream,
                        "Records",
                        IntStream.range(0, count)
                                .mapToObj(i -> object("PartitionKey", String.valueOf(i), "Data", ""))
                                .toList())
                .json();
        return new ArrayList<>(answer.path("Records").values().stream()
                .map(record -> record.path("SequenceNumber").asString())
                .toList());
    }

    private void split(String stream) {
        server.call("SplitShard", "StreamName", stream, "ShardToSplit", S0, "NewStartingHashKey", "100")
                .isEmpty();
        server.awaitActive(stream);
    }

    private static List<String> keys(JsonNode answer) {
        return answer.path("Records").values().stream()
                .map(record -> record.path("PartitionKey").asString())
                .toList();
    }
}
