package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.fanout.Subscriptions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;

/** A reader that takes nothing costs one event in memory, and neither another reader nor the calls beside it. */
@Timeout(60)
class SlowReaderTest {

    private static final String SHARD = "shardId-000000000000";
    private static final int RECORDS = 60;
    private static final int SIZE = 500_000;
    /** One event of at most 768 KiB in Base64, or one record. */
    private static final int ONE_EVENT = 1_200_000;

    private final WireServer server = WireServer.fanOut();
    private final String stream = server.createStream(1);
    private final Subscriptions subscriptions = server.bean("fanOut", Subscriptions.class);

    private void put() {
        String data = Base64.getEncoder().encodeToString(new byte[SIZE]);
        for (int i = 0; i < RECORDS; i++) {
            server.call("PutRecord", "StreamName", stream, "PartitionKey", "k" + i, "Data", data)
                    .json();
        }
    }

    private static void isComplete(List<Record> records) {
        assertThat(records).hasSize(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            assertThat(records.get(i).partitionKey()).isEqualTo("k" + i);
        }
    }

    @Test
    void ofAConnectionThatOthersShare() {
        put();
        try (FanOutClient client = new FanOutClient(server)) {
            var slow = client.subscribe(server.registerConsumer(stream, "slow"), SHARD, FanOutClient.TRIM_HORIZON, 1)
                    .begin();
            WireServer.await(() -> subscriptions.bytesOnTheWay() > 0);

            var fast = client.subscribe(server.registerConsumer(stream, "fast"), SHARD, FanOutClient.TRIM_HORIZON);
            isComplete(fast.records(RECORDS));
            client.kinesis()
                    .putRecords(request -> request.streamName(stream)
                            .records(PutRecordsRequestEntry.builder()
                                    .partitionKey("beside")
                                    .data(SdkBytes.fromUtf8String("x"))
                                    .build()))
                    .join();
            assertThat(fast.records(1)).extracting(Record::partitionKey).containsExactly("beside");
            assertThat(subscriptions.bytesOnTheWay()).isBetween(1L, (long) ONE_EVENT);

            slow.request(Long.MAX_VALUE);
            isComplete(slow.records(RECORDS + 1).subList(0, RECORDS));
        }
        WireServer.await(() -> subscriptions.bytesOnTheWay() == 0);
    }

    @Test
    void overHttp1() {
        put();
        String consumer = server.registerConsumer(stream, "slow");
        try (EventStreamReader slow = new EventStreamReader(
                server.subscribe(server.users().root(), consumer, SHARD, WireServer.object("Type", "TRIM_HORIZON"))
                        .body())) {
            WireServer.await(() -> subscriptions.bytesOnTheWay() > 0);
            try (FanOutClient client = new FanOutClient(server)) {
                isComplete(client.subscribe(server.registerConsumer(stream, "fast"), SHARD, FanOutClient.TRIM_HORIZON)
                        .records(RECORDS));
            }
            slow.message();
            int read = 0;
            while (read < RECORDS) {
                read += EventStreamReader.json(slow.message()).path("Records").size();
            }
            assertThat(read).isEqualTo(RECORDS);
        }
    }
}
