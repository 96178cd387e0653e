package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.VALIDATION;
import static io.riacho.streams.wire.WireAnswer.members;
import static io.riacho.streams.wire.WireServer.ACCOUNT;
import static io.riacho.streams.wire.WireServer.arn;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ShardIteratorTest {

    private static final String S0 = "shardId-000000000000";

    private final WireServer server = WireServer.shared();
    private String stream = "";

    @BeforeEach
    void aStreamOfThreeShards() {
        stream = server.createStream(3);
    }

    @Test
    void theAnswerIsAnIteratorAndNothingElse() {
        JsonNode answer = get("shard-0", "LATEST").json();
        assertThat(members(answer)).containsExactly("ShardIterator");
        assertThat(answer.path("ShardIterator").asString()).hasSizeLessThanOrEqualTo(512);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "shard-0", "x-0", "-00000000000", "shardId-000000000000", "a.b_c-0-5"})
    void whatCountsInAShardIdIsTheNumberBehindTheHyphen(String shard) {
        get(shard, "TRIM_HORIZON").json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "shardId-002147483648", "ABKLFD8", "2.14E4"})
    void whatCanBeNoShardIsNotFound(String shard) {
        get(shard, "LATEST").isError(NOT_FOUND, Texts.noShard(shard, stream));
        String unknown = WireServer.newName();
        server.call("GetShardIterator", "StreamName", unknown, "ShardId", shard, "ShardIteratorType", "LATEST")
                .isError(NOT_FOUND, Texts.noShard(shard, unknown));
    }

    @Test
    void anUnknownShardOrStreamDoesNotExist() {
        get("shardId-5", "LATEST").isError(NOT_FOUND, Texts.shardDoesNotExist("shardId-000000000005", stream));
        String unknown = WireServer.newName();
        server.call("GetShardIterator", "StreamName", unknown, "ShardId", "0", "ShardIteratorType", "LATEST")
                .isError(NOT_FOUND, Texts.shardDoesNotExist(S0, unknown));
        server.call("GetShardIterator", "StreamARN", arn(unknown), "ShardId", "0", "ShardIteratorType", "LATEST")
                .isError(NOT_FOUND, Texts.shardDoesNotExist(S0, unknown));
        get("shardId-5", "AT_SEQUENCE_NUMBER", "StartingSequenceNumber", "5")
                .isError(NOT_FOUND, Texts.shardDoesNotExist("shardId-000000000005", stream));
    }

    @ParameterizedTest
    @CsvSource({"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"})
    void sequenceNumberTypesNeedANumber(String type) {
        get(S0, type).isError(INVALID, specified(type, "no"));
    }

    @ParameterizedTest
    @CsvSource({"LATEST", "TRIM_HORIZON", "AT_TIMESTAMP"})
    void otherTypesTakeNoNumber(String type) {
        get(S0, type, "StartingSequenceNumber", "5", "Timestamp", 1).isError(INVALID, specified(type, "also a"));
    }

    @Test
    void aNumberOfAnotherShardIsRefused() {
        String other = startingNumber(1);
        at(other)
                .isError(
                        INVALID,
                        "Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used in a call"
                                + " to a shard with " + S0);
        at("5").isError(
                        INVALID,
                        "Invalid StartingSequenceNumber. It encodes shardId-000000000005, while it was used in a call"
                                + " to a shard with " + S0);
        at(decimal("20000000000000000000000000000000000000800000002"))
                .isError(
                        INVALID,
                        "Invalid StartingSequenceNumber. It encodes shardId--02147483648, while it was used in a call"
                                + " to a shard with " + S0);
    }

    @Test
    void aNumberOfNoVersionIsInvalid() {
        invalid(decimal("20000000000800000000000000000000000000000000002"), ".");
        invalid(decimal("20000000000000000000000000000000000000000000004"), ".");
        invalid(decimal("30000000000000000000000000000000000000000000001"), ".");
        invalid("9".repeat(129), ".");
        invalid(decimal("13bb2cc3d80000000000000000000000"), ".");
    }

    @Test
    void aNumberOfAnotherStreamDidNotComeFromThisOne() {
        String number = startingNumber(0);
        BigInteger anotherSecond = new BigInteger(number).add(BigInteger.ONE.shiftLeft(148));
        invalid(anotherSecond.toString(), " because it did not come from this stream.");
        invalid(
                decimal("20000000000000000000000000000000000000000000001"),
                " because it did not come from this stream.");
    }

    @Test
    void aNumberOfTheOldestVersionIsShownInFull() {
        at("0").isError(
                        INVALID,
                        "StartingSequenceNumber 21267647932558653966460912964485513216 used in GetShardIterator on"
                                + " shard " + S0 + " in stream " + stream + " under account " + ACCOUNT
                                + " is invalid because it did not come from this stream.");
    }

    @Test
    void numbersOfTheShardThatNameNoRecordAreGood() {
        BigInteger start = new BigInteger(startingNumber(0));
        at(start.toString()).json();
        get(S0, "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber", start.toString())
                .json();
        BigInteger future = start.add(BigInteger.valueOf(1_000_000).shiftLeft(80));
        String iterator = at(future.toString()).json().path("ShardIterator").asString();
        assertThat(server.getRecords(iterator).path("Records").size()).isZero();
    }

    @Test
    void atTimestampNeedsATimestamp() {
        get(S0, "AT_TIMESTAMP")
                .isError(
                        INVALID,
                        "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request"
                                + " has no timestamp parameter.");
    }

    @Test
    void atTimestampDoesNotLookAhead() {
        WireAnswer answer = get(S0, "AT_TIMESTAMP", "Timestamp", 4_000_000_000.5);
        assertThat(answer.message())
                .matches("The timestampInMillis parameter cannot be greater than the currentTimestampInMillis\\."
                        + " timestampInMillis: 4000000000500, currentTimestampInMillis: \\d{13}");
        answer.isError(INVALID, answer.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-1", "-1e12", "1e-30", "1.0005"})
    void atTimestampBeforeAllRecordsIsTheTrimHorizon(String timestamp) {
        server.put(stream, "a");
        server.put(stream, "b");
        server.put(stream, "e");
        String iterator = server.call(
                        "GetShardIterator",
                        "{\"StreamName\":\"" + stream + "\",\"ShardId\":\"" + S0
                                + "\",\"ShardIteratorType\":\"AT_TIMESTAMP\",\"Timestamp\":" + timestamp + "}")
                .json()
                .path("ShardIterator")
                .asString();
        assertThat(server.getRecords(iterator).path("Records").size()).isEqualTo(1);
    }

    @Test
    void theModelsConstraintsComeFirst() {
        server.call("GetShardIterator", "StreamName", stream)
                .isErrorLike(
                        VALIDATION,
                        "2 validation errors detected: ",
                        "Value null at 'shardId' failed to satisfy constraint: Member must not be null",
                        "Value null at 'shardIteratorType' failed to satisfy constraint: Member must not be null");
        get(S0, "NEWEST")
                .isErrorLike(VALIDATION, "Value 'NEWEST' at 'shardIteratorType'", "Member must satisfy enum value set");
        get(S0, "AT_SEQUENCE_NUMBER", "StartingSequenceNumber", "01")
                .isErrorLike(
                        VALIDATION,
                        "Value '01' at 'startingSequenceNumber' failed to satisfy constraint: Member must satisfy"
                                + " regular expression pattern: 0|([1-9]\\d{0,128})");
    }

    private void invalid(String number, String rest) {
        at(number)
                .isError(
                        INVALID,
                        "StartingSequenceNumber " + number + " used in GetShardIterator on shard " + S0 + " in stream "
                                + stream + " under account " + ACCOUNT + " is invalid" + rest);
    }

    private WireAnswer at(String number) {
        return get(S0, "AT_SEQUENCE_NUMBER", "StartingSequenceNumber", number);
    }

    private WireAnswer get(String shard, String type, Object... more) {
        Map<String, Object> request = WireServer.object(more);
        request.put("StreamName", stream);
        request.put("ShardId", shard);
        request.put("ShardIteratorType", type);
        return server.call("GetShardIterator", request);
    }

    private String startingNumber(int shard) {
        return server.shards(stream)
                .get(shard)
                .path("SequenceNumberRange")
                .path("StartingSequenceNumber")
                .asString();
    }

    private static String decimal(String hexadecimal) {
        return new BigInteger(hexadecimal, 16).toString();
    }

    private static String specified(String type, String number) {
        return "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2)"
                + " TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified " + type + " and " + number
                + " StartingSequenceNumber.";
    }
}
