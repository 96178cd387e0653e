package io.riacho.streams.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireRequest;
import io.riacho.streams.TestWire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;

class PutDecoderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"StreamName\":\"s\",\"Records\":[]}",
                "{\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\"}]}",
                "{\"StreamName\":\"\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\"}]}",
                "{\"StreamName\":\"a b\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\"}]}",
                "{\"StreamARN\":\"\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\"}]}",
                "{\"StreamARN\":\"arn:aws:kinesis:r:1:stream/s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\"}]}",
                "{\"StreamName\":null,\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"\",\"Data\":\"\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"Data\":\"\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"QR==\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"QUJ=\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"QQ\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"====\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\",\"ExplicitHashKey\":\"01\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\",\"ExplicitHashKey\":\"-1\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\",}]}",
                "{\"StreamName\":\"s\",\"Records\":[,{\"PartitionKey\":\"k\",\"Data\":\"\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\"}]} x",
                "{\"StreamName\":\"s\",\"Records\":[[{\"PartitionKey\":\"k\",\"Data\":\"\"}]]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"\",\"Data\":null}]}",
            })
    void whatMayBeRefusedIsLeftToTheGenericWay(String body) {
        WireRequest request = TestWire.request(WireFormat.JSON, "PutRecords", body.getBytes(StandardCharsets.UTF_8));

        assertThat(PutRequests.plainly(request, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"a\\u0062\",\"Data\":\"QQ==\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"\u00fc\",\"Data\":\"QQ==\"}]}",
                "{\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"QQ==\",\"New\":1}]}",
            })
    void whatIsRightButNotPlainIsLeftToTheGenericWay(String body) {
        WireRequest request = TestWire.request(WireFormat.JSON, "PutRecords", body.getBytes(StandardCharsets.UTF_8));

        assertThat(PutRequests.plainly(request, true)).isEmpty();
        assertThat(PutRequests.generically(request, true)).isPresent();
    }

    @Test
    void spaceBetweenTheTokensOfJsonCountsForNothing() {
        String body =
                " {\n\t\"StreamName\" : \"s\" ,\r\n \"Records\" : [ { \"PartitionKey\" : \"k\" , \"Data\" : \"QQ==\" } ] } ";
        WireRequest request = TestWire.request(WireFormat.JSON, "PutRecords", body.getBytes(StandardCharsets.UTF_8));

        assertThat(PutRequests.plainly(request, true)).isPresent().isEqualTo(PutRequests.generically(request, true));
    }

    @Test
    void mapsAndArraysOfCborMayBeOfIndefiniteLength() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator out = TestWire.mapper(WireFormat.CBOR).createGenerator(body)) {
            out.writeStartObject();
            out.writeStringProperty("StreamName", "s");
            out.writeName("Records");
            out.writeStartArray();
            out.writeStartObject();
            out.writeName("Data");
            out.writeBinary(new byte[] {1, 2, 3});
            out.writeStringProperty("PartitionKey", "k");
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        }
        WireRequest request = TestWire.request(WireFormat.CBOR, "PutRecords", body.toByteArray());

        assertThat(body.toByteArray()[0]).as("an indefinite map").isEqualTo((byte) 0xbf);
        assertThat(PutRequests.plainly(request, true)).isPresent().isEqualTo(PutRequests.generically(request, true));
    }

    @Test
    void aLineEndWithinAnArnIsLeftToTheGenericWay() {
        Map<String, Object> members = Map.of(
                "StreamARN",
                "arn:aws:kinesis:eu\rcentral-1:123456789012:stream/s",
                "Records",
                List.of(Map.of("PartitionKey", "k", "Data", new byte[1])));
        WireRequest request =
                TestWire.request(WireFormat.CBOR, "PutRecords", PutRequests.encoded(WireFormat.CBOR, members));

        assertThat(PutRequests.generically(request, true)).isEmpty();
        assertThat(PutRequests.plainly(request, true)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void fiveHundredRecordsAreReadAndOneMoreIsLeftToTheGenericWay(WireFormat format) {
        assertThat(PutRequests.plainly(request(format, 500), true).orElseThrow().records())
                .hasSize(500);
        assertThat(PutRequests.plainly(request(format, 501), true)).isEmpty();
        assertThat(PutRequests.generically(request(format, 501), true)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void aRecordOfTenMebibytesIsReadAndOneByteMoreIsLeftToTheGenericWay(WireFormat format) {
        assertThat(PutRequests.plainly(request(format, new byte[10 << 20]), true))
                .isPresent();
        assertThat(PutRequests.plainly(request(format, new byte[(10 << 20) + 1]), true))
                .isEmpty();
    }

    @Test
    void theDataOfCborIsNotCopied() {
        WireRequest request = request(WireFormat.CBOR, new byte[] {1, 2, 3});

        PutRequest put = Objects.requireNonNull(PutDecoder.putRecords(request));

        assertThat(put.batch().data(0)).isSameAs(request.body());
    }

    private static WireRequest request(WireFormat format, int records) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            all.add(Map.of("PartitionKey", "k" + i, "Data", new byte[] {(byte) i}));
        }
        return request(format, all);
    }

    private static WireRequest request(WireFormat format, byte[] data) {
        return request(format, List.of(Map.of("PartitionKey", "k", "Data", data)));
    }

    private static WireRequest request(WireFormat format, List<Map<String, Object>> records) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("StreamName", "s");
        members.put("Records", records);
        return TestWire.request(format, "PutRecords", PutRequests.encoded(format, members));
    }
}
