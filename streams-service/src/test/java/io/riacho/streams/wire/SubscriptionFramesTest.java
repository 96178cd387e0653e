package io.riacho.streams.wire;

import static io.riacho.streams.wire.EventStreamReader.header;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.eventstream.Message;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** What SubscribeToShard puts on the wire over HTTP/1.1, as boto3 and the AWS CLI ask for it. */
@Timeout(60)
class SubscriptionFramesTest {

    private static final Map<String, Object> TRIM_HORIZON = object("Type", "TRIM_HORIZON");

    private final WireServer server = WireServer.fanOut();
    private final String stream = server.createStream(1);
    private final String consumer = server.registerConsumer(stream, "reader");

    private HttpResponse<InputStream> subscribe() {
        return server.subscribe(server.users().root(), consumer, "shardId-000000000000", TRIM_HORIZON);
    }

    @Test
    void theAnswerIsAnEventStreamWithTheIdsOfEveryAnswer() {
        HttpResponse<InputStream> answer = subscribe();
        try (EventStreamReader ignored = new EventStreamReader(answer.body())) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains("application/vnd.amazon.eventstream");
            assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
            assertThat(answer.headers().firstValue("x-amz-id-2")).isPresent();
        }
    }

    @Test
    void theInitialResponseComesFirst() {
        try (EventStreamReader events = new EventStreamReader(subscribe().body())) {
            Message first = events.message();

            assertThat(first.getHeaders().keySet())
                    .containsExactlyInAnyOrder(":event-type", ":content-type", ":message-type");
            assertThat(header(first, ":event-type")).isEqualTo("initial-response");
            assertThat(header(first, ":message-type")).isEqualTo("event");
            assertThat(EventStreamReader.text(first)).isEqualTo("{}");
        }
    }

    @Test
    void anEventHasExactlyItsThreeMembersAndDataInBase64() {
        server.call("PutRecord", "StreamName", stream, "PartitionKey", "k", "Data", "AQID")
                .json();
        try (EventStreamReader events = new EventStreamReader(subscribe().body())) {
            events.message();
            Message event = events.message();

            assertThat(header(event, ":event-type")).isEqualTo("SubscribeToShardEvent");
            assertThat(header(event, ":content-type")).isEqualTo("application/x-amz-json-1.1");
            JsonNode content = EventStreamReader.json(event);
            assertThat(WireAnswer.members(content))
                    .containsExactly("ContinuationSequenceNumber", "MillisBehindLatest", "Records");
            JsonNode record = content.path("Records").path(0);
            assertThat(WireAnswer.members(record))
                    .containsExactly("ApproximateArrivalTimestamp", "Data", "PartitionKey", "SequenceNumber");
            assertThat(record.path("Data").asString()).isEqualTo("AQID");
        }
    }

    @Test
    void whoAsksInCborIsAnsweredInCbor() throws Exception {
        byte[] data = {1, 2, 3};
        server.call("PutRecord", "StreamName", stream, "PartitionKey", "k", "Data", "AQID")
                .json();
        byte[] body = CBORMapper.builder()
                .build()
                .writeValueAsBytes(object(
                        "ConsumerARN", consumer, "ShardId", "0", "StartingPosition", object("Type", "TRIM_HORIZON")));

        try (EventStreamReader events = new EventStreamReader(
                server.open(server.users().root(), "SubscribeToShard", "application/x-amz-cbor-1.1", body)
                        .body())) {
            Message first = events.message();
            JsonNode record =
                    EventStreamReader.cbor(events.message()).path("Records").path(0);

            assertThat(EventStreamReader.cbor(first).isObject()).isTrue();
            assertThat(record.path("Data").binaryValue()).isEqualTo(data);
        }
    }

    @Test
    void anErrorBeforeTheFirstFrameIsAnsweredAsAnyOther() {
        server.call("SubscribeToShard", "ConsumerARN", consumer, "ShardId", "9", "StartingPosition", TRIM_HORIZON)
                .isErrorLike("ResourceNotFoundException", "shardId-000000000009");
    }

    @Test
    void anErrorAfterwardsIsAnExceptionAndTheEnd() {
        try (EventStreamReader events = new EventStreamReader(subscribe().body())) {
            events.message();
            server.call("DeregisterStreamConsumer", "ConsumerARN", consumer).isEmpty();

            Message last = events.message();
            while (header(last, ":message-type").equals("event")) {
                last = events.message();
            }
            assertThat(header(last, ":message-type")).isEqualTo("exception");
            assertThat(header(last, ":exception-type")).isEqualTo("ResourceNotFoundException");
            assertThat(EventStreamReader.json(last).path("message").asString()).contains(consumer);
            assertThat(events.next()).isNull();
        }
    }

    @Test
    void aRecordLargerThanAnEventComesWhole() {
        byte[] large = new byte[1_000_000];
        new java.util.Random(1).nextBytes(large);
        String data = Base64.getEncoder().encodeToString(large);
        server.call("PutRecord", "StreamName", stream, "PartitionKey", "k", "Data", data)
                .json();
        server.put(stream, "next");

        try (EventStreamReader events = new EventStreamReader(subscribe().body())) {
            events.message();
            JsonNode first = EventStreamReader.json(events.message());
            JsonNode second = EventStreamReader.json(events.message());

            assertThat(first.path("Records").size()).isEqualTo(1);
            assertThat(first.path("Records").path(0).path("Data").asString()).isEqualTo(data);
            assertThat(List.of(
                            second.path("Records").path(0).path("PartitionKey").asString()))
                    .containsExactly("next");
        }
    }
}
