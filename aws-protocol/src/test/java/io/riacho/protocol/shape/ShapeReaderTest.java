package io.riacho.protocol.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.WireFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamRequest;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DeleteStreamRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.RemoveTagsFromStreamRequest;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

class ShapeReaderTest {

    private static final HexFormat HEX = HexFormat.of();

    private final ShapeReader reader = new ShapeReader();

    @Test
    void jsonBecomesTheModelsClasses() {
        PutRecordsRequest request = json(
                PutRecordsRequest.class,
                "{'StreamName':'s','Records':[{'Data':'aGVsbG8=','PartitionKey':'a'},{'Data':'','PartitionKey':'é'}]}");

        assertThat(request)
                .isEqualTo(PutRecordsRequest.builder()
                        .streamName("s")
                        .records(
                                entry -> entry.data(SdkBytes.fromUtf8String("hello"))
                                        .partitionKey("a"),
                                entry -> entry.data(SdkBytes.fromByteArray(new byte[0]))
                                        .partitionKey("é"))
                        .build());
    }

    @Test
    void cborBecomesTheModelsClasses() {
        PutRecordRequest request = cbor(
                PutRecordRequest.class,
                "a3" + text("StreamName") + text("s") + text("Data") + "42cafe" + text("PartitionKey") + text("k"));

        assertThat(request)
                .isEqualTo(PutRecordRequest.builder()
                        .streamName("s")
                        .data(SdkBytes.fromByteArray(HEX.parseHex("cafe")))
                        .partitionKey("k")
                        .build());
    }

    @Test
    void cborOfUnknownLengthsIsRead() {
        PutRecordRequest request = cbor(
                PutRecordRequest.class,
                "bf" + text("Data") + "5f42cafe41ffff" + text("PartitionKey") + "7f" + text("a") + text("b") + "ff"
                        + "ff");

        assertThat(request.data().asByteArray()).isEqualTo(HEX.parseHex("cafeff"));
        assertThat(request.partitionKey()).isEqualTo("ab");
    }

    @Test
    void nestedStructuresEnumsAndMapsAreRead() {
        ListShardsRequest shards =
                json(ListShardsRequest.class, "{'ShardFilter':{'Type':'AT_TIMESTAMP','Timestamp':1773561510.123}}");
        AddTagsToStreamRequest tags = json(AddTagsToStreamRequest.class, "{'Tags':{'a':'1','b':''}}");

        assertThat(shards.shardFilter().type()).isEqualTo(ShardFilterType.AT_TIMESTAMP);
        assertThat(shards.shardFilter().timestamp()).isEqualTo(Instant.ofEpochMilli(1773561510123L));
        assertThat(tags.tags()).isEqualTo(Map.of("a", "1", "b", ""));
    }

    @Test
    void anEnumsValueThatTheSdkDoesNotKnowIsKept() {
        GetShardIteratorRequest request = json(GetShardIteratorRequest.class, "{'ShardIteratorType':'SOON'}");

        assertThat(request.shardIteratorTypeAsString()).isEqualTo("SOON");
    }

    @Test
    void whatTheModelDoesNotKnowIsSkipped() {
        CreateStreamRequest request =
                json(CreateStreamRequest.class, "{'Colour':{'deep':[1,{'er':null}]},'StreamName':'s'}");

        assertThat(request.streamName()).isEqualTo("s");
    }

    @Test
    void nullIsAsGoodAsAbsent() {
        AddTagsToStreamRequest request = json(AddTagsToStreamRequest.class, "{'StreamName':null,'Tags':null}");

        assertThat(request).isEqualTo(AddTagsToStreamRequest.builder().build());
        assertThat(request.hasTags()).isFalse();
    }

    @Test
    void ofTwoMembersWithOneNameTheLastCounts() {
        assertThat(json(CreateStreamRequest.class, "{'StreamName':'a','StreamName':'b'}")
                        .streamName())
                .isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({
        "1773561510,          1773561510000",
        "1773561510.5,        1773561510500",
        "1.773561510123E9,    1773561510123",
        "1773561510.1239999,  1773561510123",
        "-1.5,                -1500",
        "0,                   0",
        "1e-999999999,        0",
    })
    void aJsonTimestampIsSecondsExactToTheMillisecond(String seconds, long millis) {
        GetShardIteratorRequest request = json(GetShardIteratorRequest.class, "{'Timestamp':" + seconds + "}");

        assertThat(request.timestamp()).isEqualTo(Instant.ofEpochMilli(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1", ""})
    void aCborTimestampIsMillisecondsWithOrWithoutItsTag(String tag) {
        GetShardIteratorRequest request =
                cbor(GetShardIteratorRequest.class, "a1" + text("Timestamp") + tag + "1b0000019cf08d3b4b");

        assertThat(request.timestamp()).isEqualTo(Instant.ofEpochMilli(0x19cf08d3b4bL));
    }

    /** The SDK writes a number of seconds so where that is exact. */
    @Test
    void aTimestampInSecondsMayBeAShortBinaryNumber() {
        byte[] body = HEX.parseHex("a1" + text("Timestamp") + "c1fa4ed61065");

        GetShardIteratorRequest request =
                ShapeReader.ofRpc().read(GetShardIteratorRequest.class, WireFormat.CBOR, body, 0, body.length);

        assertThat(request.timestamp()).isEqualTo(Instant.ofEpochSecond(1_795_699_328));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e30", "'2026-03-15T07:58:30Z'", "true"})
    void whatIsNoTimestampIsRefused(String value) {
        refuses(GetShardIteratorRequest.class, "{'Timestamp':" + value + "}")
                .withMessageEndingWith(" can not be converted to milliseconds since epoch");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "true,  TRUE_VALUE can not be converted to a String",
                "23,    NUMBER_VALUE can not be converted to a String",
                "34.56, NUMBER_VALUE can not be converted to a String",
                "[],    Start of list found where not expected",
                "{},    Start of structure or map found where not expected.",
            })
    void whatIsNoStringIsRefused(String value, String message) {
        refuses(CreateStreamRequest.class, "{'StreamName':" + value + "}").withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'23',  STRING_VALUE can not be converted to an Integer",
                "false, FALSE_VALUE can not be converted to an Integer",
                "[],    Start of list found where not expected",
                "{},    Start of structure or map found where not expected.",
                "2147483648, NUMBER_VALUE can not be converted to an Integer",
                "1e10, NUMBER_VALUE can not be converted to an Integer",
                "1e999999999, NUMBER_VALUE can not be converted to an Integer",
                "100000000000000000000000000, NUMBER_VALUE can not be converted to an Integer",
            })
    void whatIsNoIntegerIsRefused(String value, String message) {
        refuses(CreateStreamRequest.class, "{'ShardCount':" + value + "}").withMessage(message);
    }

    @Test
    void anIntegerLosesItsFraction() {
        assertThat(json(CreateStreamRequest.class, "{'ShardCount':34.56}").shardCount())
                .isEqualTo(34);
    }

    @Test
    void whatIsNoBooleanIsRefused() {
        refuses(DeleteStreamRequest.class, "{'EnforceConsumerDeletion':1}")
                .withMessage("NUMBER_VALUE can not be converted to a Boolean");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "true,  TRUE_VALUE can not be converted to a Blob",
                "23,    NUMBER_VALUE can not be converted to a Blob",
                "[],    Start of list found where not expected",
                "{},    Start of structure or map found where not expected.",
                "'23456', '23456' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 5",
                "'=+/=', '=+/=' can not be converted to a Blob: Invalid Base64 character: '='",
                "'a b=', 'a b=' can not be converted to a Blob: Invalid Base64 character: ' '",
                "'+/+=', '+/+=' can not be converted to a Blob: Invalid last non-pad Base64 character dectected",
                "'+/==', '+/==' can not be converted to a Blob: Invalid last non-pad Base64 character dectected",
            })
    void whatIsNoBlobIsRefused(String value, String message) {
        refuses(PutRecordRequest.class, "{'Data':" + value + "}").withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'23', Expected list or null",
                "true, Expected list or null",
                "23,   Expected list or null",
                "{},   Start of structure or map found where not expected.",
            })
    void whatIsNoListIsRefused(String value, String message) {
        refuses(RemoveTagsFromStreamRequest.class, "{'TagKeys':" + value + "}").withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'23', Expected map or null",
                "true, Expected map or null",
                "[],   Start of list found where not expected",
            })
    void whatIsNoMapIsRefused(String value, String message) {
        refuses(AddTagsToStreamRequest.class, "{'Tags':" + value + "}").withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'23', Expected null",
                "23,   Expected null",
                "[],   Start of list found where not expected",
            })
    void whatIsNoStructureIsRefused(String value, String message) {
        refuses(PutRecordsRequest.class, "{'Records':[" + value + "]}").withMessage(message);
    }

    @Test
    void aTextIsNoBlobInCbor() {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> cbor(PutRecordRequest.class, "a1" + text("Data") + text("aGVsbG8=")))
                .withMessage("STRING_VALUE can not be converted to a Blob");
    }

    @Test
    void aByteStringIsNoStringInCbor() {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> cbor(PutRecordRequest.class, "a1" + text("PartitionKey") + "42cafe"))
                .withMessage("BYTE_STRING_VALUE can not be converted to a String");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "[]",
                "null",
                "'x'",
                "{",
                "{'StreamName'",
                "{'StreamName':",
                "{'StreamName':'a'",
                "{'StreamName':'a",
                "{'Tags':{'a':'b'}",
                "{'StreamName':'a'}}",
                "{'StreamName':'a'} x",
                "{'StreamName':'a'}{}",
                "{'StreamName':'\\ud800'}x",
                "{'StreamName':01}",
            })
    void whatIsNoJsonStructureIsRefusedWithoutAWord(String body) {
        refuses(CreateStreamRequest.class, body).withMessage("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "80", "f6", "a1", "bf", "a16144", "a1614444", "a16144c1", "ff", "a0a0", "5f", "1c", "a1ff"})
    void whatIsNoCborStructureIsRefusedWithoutAWord(String hex) {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> cbor(PutRecordRequest.class, hex))
                .withMessage("")
                .matches(error -> error.type().equals("SerializationException") && error.status() == 400);
    }

    @Test
    void nestingIsBounded() {
        refuses(CreateStreamRequest.class, "{'x':" + "[".repeat(81) + "]".repeat(81) + "}")
                .withMessage("");
    }

    @Test
    void theCountOfTokensIsBounded() {
        refuses(PutRecordsRequest.class, "{'Records':[" + "{},".repeat(500_000) + "{}]}")
                .withMessage("");
    }

    private <T extends SdkPojo> T json(Class<T> type, String json) {
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return reader.read(type, WireFormat.JSON, body, 0, body.length);
    }

    private <T extends SdkPojo> T cbor(Class<T> type, String hex) {
        // Stands in the middle of a larger array, as in a buffer that is used again.
        byte[] array = HEX.parseHex("0102" + hex + "6161");
        return reader.read(type, WireFormat.CBOR, array, 2, array.length - 4);
    }

    private org.assertj.core.api.ThrowableAssertAlternative<AwsException> refuses(
            Class<? extends SdkPojo> type, String json) {
        return assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> json(type, json))
                .matches(error -> error.type().equals("SerializationException") && error.status() == 400);
    }

    private static String text(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x60 + text.length());
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return HEX.formatHex(out.toByteArray());
    }
}
