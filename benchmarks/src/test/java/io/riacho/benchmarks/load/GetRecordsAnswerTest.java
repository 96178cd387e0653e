package io.riacho.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

class GetRecordsAnswerTest {

    @ParameterizedTest
    @EnumSource
    void recordsAndTheNextIteratorAreFound(Encoding encoding) {
        GetRecordsAnswer answer = read(
                encoding,
                wire(
                        encoding,
                        Map.of(
                                "MillisBehindLatest",
                                0,
                                "NextShardIterator",
                                "AAAA==",
                                "Records",
                                List.of(
                                        record(encoding, "first"),
                                        record(encoding, "second, and longer"),
                                        record(encoding, "")))));

        assertThat(answer.records).isEqualTo(3);
        assertThat(answer.nextShardIterator).isEqualTo("AAAA==");
    }

    @ParameterizedTest
    @EnumSource
    void theDataOfEachRecordIsHandedOn(Encoding encoding) {
        List<String> data = new ArrayList<>();
        GetRecordsAnswer answer = GetRecordsAnswer.in(encoding);
        answer.onData((array, position, length) -> {
            byte[] bytes = Arrays.copyOfRange(array, position, position + length);
            data.add(new String(
                    encoding == Encoding.CBOR ? bytes : Base64.getDecoder().decode(bytes), UTF_8));
        });
        byte[] wire = wire(
                encoding,
                Map.of(
                        "Records",
                        List.of(
                                record(encoding, "same length 1"),
                                record(encoding, "same length 2"),
                                record(encoding, "x"))));

        answer.read(wire, 0, wire.length);

        assertThat(data).containsExactly("same length 1", "same length 2", "x");
    }

    @ParameterizedTest
    @EnumSource
    void aClosedShardHasNoNextIterator(Encoding encoding) {
        GetRecordsAnswer answer = GetRecordsAnswer.in(encoding);
        byte[] open = wire(encoding, Map.of("NextShardIterator", "AAAA", "Records", List.of()));
        byte[] closed = wire(encoding, Map.of("MillisBehindLatest", 0, "Records", List.of()));
        answer.read(open, 0, open.length);

        answer.read(closed, 0, closed.length);

        assertThat(answer.nextShardIterator).isNull();
        assertThat(answer.records).isZero();
    }

    @Test
    void aPartitionKeyThatLooksLikeAMemberIsNotOne() {
        byte[] wire = """
                {"Records": [{"PartitionKey": "Data", "Data" : "AAAA", "SequenceNumber": "1"},
                 {"PartitionKey":"a \\"NextShardIterator\\":\\"no\\"","Data":"BBBB"}], "NextShardIterator": "yes"}""".getBytes(UTF_8);

        GetRecordsAnswer answer = read(Encoding.JSON, wire);

        assertThat(answer.records).isEqualTo(2);
        assertThat(answer.nextShardIterator).isEqualTo("yes");
    }

    @Test
    void aRecordShorterThanTheOneBeforeEndsAtItsOwnQuote() {
        byte[] wire = """
                {"Records":[{"Data":"AAAAAAAAAAAAAAAA"},{"Data":"BBBB","K":"12345","L":"2"},{"Data":""}]}""".getBytes(UTF_8);

        GetRecordsAnswer answer = read(Encoding.JSON, wire);

        assertThat(answer.records).isEqualTo(3);
        assertThat(answer.dataLength).isEqualTo(20);
    }

    @Test
    void cborOfUnannouncedLengthIsRead() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator cbor = new CBORFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            cbor.writeStartObject();
            cbor.writeArrayPropertyStart("Records");
            cbor.writeStartObject();
            cbor.writeBinaryProperty("Data", new byte[70_000]);
            cbor.writeEndObject();
            cbor.writeEndArray();
            cbor.writeStringProperty("NextShardIterator", "A");
            cbor.writeEndObject();
        }

        GetRecordsAnswer answer = read(Encoding.CBOR, out.toByteArray());

        assertThat(answer.dataLength).isEqualTo(70_000);
        assertThat(answer.nextShardIterator).isEqualTo("A");
    }

    private static GetRecordsAnswer read(Encoding encoding, byte[] wire) {
        GetRecordsAnswer answer = GetRecordsAnswer.in(encoding);
        answer.read(wire, 0, wire.length);
        return answer;
    }

    private static Map<String, Object> record(Encoding encoding, String data) {
        return Map.of(
                "ApproximateArrivalTimestamp",
                1.5,
                "Data",
                encoding == Encoding.CBOR
                        ? data.getBytes(UTF_8)
                        : Base64.getEncoder().encodeToString(data.getBytes(UTF_8)),
                "PartitionKey",
                "key");
    }

    private static byte[] wire(Encoding encoding, Map<String, Object> answer) {
        return encoding == Encoding.CBOR
                ? new CBORMapper().writeValueAsBytes(answer)
                : new JsonMapper().writeValueAsBytes(answer);
    }
}
