package io.riacho.protocol.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.WireFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

class ShapeWriterTest {

    private final ShapeWriter writer = new ShapeWriter();

    @Test
    void membersWithoutAValueAreLeftOut() {
        assertThat(json(ListStreamsResponse.builder().hasMoreStreams(false).build()))
                .isEqualTo("{\"HasMoreStreams\":false}");
    }

    @Test
    void anEmptyListThatWasSetIsWritten() {
        assertThat(json(ListStreamsResponse.builder().streamNames(List.of()).build()))
                .isEqualTo("{\"StreamNames\":[]}");
    }

    @Test
    void jsonHasBase64AndSeconds() {
        assertThat(json(record()))
                .isEqualTo("{\"SequenceNumber\":\"1\",\"ApproximateArrivalTimestamp\":1773561510.123,"
                        + "\"Data\":\"aGVsbG8=\",\"PartitionKey\":\"é\"}");
    }

    @Test
    void cborHasByteStringsAndTaggedMilliseconds() {
        byte[] cbor = write(
                Record.builder()
                        .approximateArrivalTimestamp(Instant.ofEpochMilli(0x19cf08d3b4bL))
                        .data(SdkBytes.fromUtf8String("hello"))
                        .build(),
                WireFormat.CBOR);

        assertThat(HexFormat.of().formatHex(cbor))
                .contains("c11b0000019cf08d3b4b")
                .contains("4568656c6c6f");
    }

    @ParameterizedTest
    @CsvSource({
        "1773561510000, 1773561510",
        "1773561510007, 1773561510.007",
        "-1,            -0.001",
        "-1500,         -1.500",
        "0,             0"
    })
    void aTimestampInJsonIsExact(long millis, String seconds) {
        Record record = Record.builder()
                .approximateArrivalTimestamp(Instant.ofEpochMilli(millis))
                .build();

        assertThat(json(record)).isEqualTo("{\"ApproximateArrivalTimestamp\":" + seconds + "}");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsReadBack(WireFormat format) {
        GetRecordsResponse answer = GetRecordsResponse.builder()
                .records(record(), record())
                .millisBehindLatest(Long.MAX_VALUE)
                .nextShardIterator("n")
                .childShards(child -> child.shardId("c")
                        .parentShards("p", "q")
                        .hashKeyRange(range -> range.startingHashKey("0").endingHashKey("9")))
                .build();

        byte[] body = write(answer, format);

        assertThat(new ShapeReader().read(GetRecordsResponse.class, format, body, 0, body.length))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @EnumSource
    void mapsAreReadBack(WireFormat format) {
        AddTagsToStreamRequest request = AddTagsToStreamRequest.builder()
                .tags(java.util.Map.of("a", "1", "ü", ""))
                .build();

        byte[] body = write(request, format);

        assertThat(new ShapeReader().read(AddTagsToStreamRequest.class, format, body, 0, body.length))
                .isEqualTo(request);
    }

    @Test
    void anErrorHasExactlyItsTypeAndMessage() {
        assertThat(error("SomeException", "said \"so\""))
                .isEqualTo("{\"__type\":\"SomeException\",\"message\":\"said \\\"so\\\"\"}");
    }

    @Test
    void anErrorWithoutAMessageHasNone() {
        assertThat(error("UnknownOperationException", "")).isEqualTo("{\"__type\":\"UnknownOperationException\"}");
    }

    private static Record record() {
        return Record.builder()
                .sequenceNumber("1")
                .approximateArrivalTimestamp(Instant.ofEpochMilli(1773561510123L))
                .data(SdkBytes.fromUtf8String("hello"))
                .partitionKey("é")
                .build();
    }

    private String error(String type, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.writeError(type, message, WireFormat.JSON, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String json(SdkPojo value) {
        return new String(write(value, WireFormat.JSON), StandardCharsets.UTF_8);
    }

    private byte[] write(SdkPojo value, WireFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(value, format, out);
        return out.toByteArray();
    }
}
