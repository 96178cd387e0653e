package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;
import tools.jackson.dataformat.cbor.CBORParser;

/** What is the same for all operations, and CBOR. */
class WireFormatTest {

    private static final CBORMapper CBOR = CBORMapper.builder().build();

    private final WireServer server = WireServer.shared();

    @Test
    void everyAnswerHasIdsAndTheRequestsContentType() {
        String stream = server.createStream(1);
        for (WireAnswer answer : List.of(
                server.call("DescribeStream", "StreamName", stream),
                server.call("DescribeStream", "StreamName", WireServer.newName()),
                server.call("PutRecord", "StreamName", stream, "PartitionKey", "a", "Data", ""),
                server.call("GetRecords", "ShardIterator", server.iterator(stream, "0", "LATEST")),
                server.call("AddTagsToStream", "StreamName", stream, "Tags", object("a", "b")))) {
            assertThat(answer.header("x-amzn-RequestId")).isNotEmpty();
            assertThat(answer.header("x-amz-id-2")).isNotEmpty();
            assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
        }
    }

    @Test
    void whatKinesisDoesNotKnowIsUnknown() {
        WireAnswer answer = server.call("MakeCoffee");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("{\"__type\":\"UnknownOperationException\"}");
    }

    @Test
    void cborIsAnsweredInCbor() {
        String stream = server.createStream(1);
        byte[] data = {0, 1, -1, 34};
        WireAnswer put = server.callCbor("PutRecord", "StreamName", stream, "PartitionKey", "ü\"", "Data", data);
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.header("Content-Type")).isEqualTo("application/x-amz-cbor-1.1");
        JsonNode placed = CBOR.readTree(put.body());
        assertThat(WireAnswer.members(placed)).containsExactly("SequenceNumber", "ShardId");

        WireAnswer got = server.callCbor(
                "GetRecords", "ShardIterator", server.iterator(stream, "0", "TRIM_HORIZON"), "Limit", 10);
        JsonNode record = CBOR.readTree(got.body()).path("Records").path(0);
        assertThat(record.path("Data").isBinary()).isTrue();
        assertThat(record.path("Data").binaryValue()).isEqualTo(data);
        assertThat(record.path("PartitionKey").asString()).isEqualTo("ü\"");
        assertThat(record.path("SequenceNumber").asString())
                .isEqualTo(placed.path("SequenceNumber").asString());
        assertThat(record.path("ApproximateArrivalTimestamp").asLong())
                .isBetween(1_700_000_000_000L, 4_000_000_000_000L);
    }

    @Test
    void timesInCborAreTaggedMilliseconds() throws Exception {
        String stream = server.createStream(1);
        byte[] body =
                server.callCbor("DescribeStreamSummary", "StreamName", stream).body();
        try (JsonParser parser = CBOR.createParser(body)) {
            while (!"StreamCreationTimestamp".equals(parser.nextName())) {
                assertThat(parser.currentToken()).isNotNull();
            }
            assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
            assertThat(((CBORParser) parser).getCurrentTag()).isEqualTo(1);
            assertThat(parser.getLongValue() / 1000)
                    .isEqualTo(server.summary(stream)
                            .path("StreamCreationTimestamp")
                            .asLong());
        }
    }

    @Test
    void atTimestampInCborIsInMilliseconds() {
        String stream = server.createStream(1);
        server.put(stream, "a");
        WireAnswer answer = server.callCbor(
                "GetShardIterator",
                "StreamName",
                stream,
                "ShardId",
                "0",
                "ShardIteratorType",
                "AT_TIMESTAMP",
                "Timestamp",
                1_600_000_000_000L);
        String iterator = CBOR.readTree(answer.body()).path("ShardIterator").asString();
        assertThat(server.getRecords(iterator).path("Records").size()).isEqualTo(1);
    }

    @Test
    void errorsInCborAreInCbor() {
        String name = WireServer.newName();
        WireAnswer answer = server.callCbor("DescribeStream", "StreamName", name);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-cbor-1.1");
        JsonNode error = CBOR.readTree(answer.body());
        assertThat(WireAnswer.members(error)).containsExactly("__type", "message");
        assertThat(error.path("__type").asString()).isEqualTo(Texts.NOT_FOUND);
        assertThat(error.path("message").asString()).isEqualTo(Texts.streamNotFound(name));
    }

    @Test
    void thePutRecordsAnswerInCborIsThatOfJson() {
        String stream = server.createStream(1);
        WireAnswer answer = server.callCbor(
                "PutRecords",
                "StreamName",
                stream,
                "Records",
                List.of(
                        object("PartitionKey", "a", "Data", new byte[3]),
                        object("PartitionKey", "b", "Data", new byte[0])));
        JsonNode placed = CBOR.readTree(answer.body());
        assertThat(WireAnswer.members(placed)).containsExactly("FailedRecordCount", "Records");
        assertThat(placed.path("Records").size()).isEqualTo(2);
        assertThat(WireAnswer.members(placed.path("Records").path(1))).containsExactly("SequenceNumber", "ShardId");
    }
}
