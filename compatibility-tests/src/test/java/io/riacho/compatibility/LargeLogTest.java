package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A server with 5 GB of records is killed, with its database, and started again. Tells how long that takes. */
@Tag("slow")
final class LargeLogTest {

    private static final int RECORD_BYTES = 10_000;
    private static final int BATCH = 500;
    private static final int BATCHES = 1_000;

    @Test
    void theServerAnswersSoonAfterItWasKilledWithALargeLog() {
        TestServer.assumeThatServersCanBeStarted();
        try (ServerProcess server = ServerProcess.started("large", "--riacho.streams.limits.enabled=false");
                TestStreams streams = new TestStreams(server.target());
                KinesisAsyncClient client = JavaClients.async(server.target())) {
            String stream = streams.create(8);
            fill(client, stream);
            server.killWithDatabase();

            long killed = System.nanoTime();
            server.start();
            Duration restart = Duration.ofNanos(System.nanoTime() - killed);

            System.out.printf("answered %.1f s after its start%n", restart.toMillis() / 1000.0);
            assertThat(firstRecordIsThere(client, stream)).isTrue();
        }
    }

    private static void fill(KinesisAsyncClient client, String stream) {
        List<PutRecordsRequestEntry> records =
                Collections.nCopies(BATCH, SdkBytes.fromByteArrayUnsafe(new byte[RECORD_BYTES])).stream()
                        .map(data -> PutRecordsRequestEntry.builder()
                                .partitionKey(Long.toString(System.nanoTime()))
                                .data(data)
                                .build())
                        .toList();
        Deque<CompletableFuture<PutRecordsResponse>> waiting = new ArrayDeque<>();
        for (int i = 0; i < BATCHES; i++) {
            waiting.add(client.putRecords(put -> put.streamName(stream).records(records)));
            if (waiting.size() > 3) {
                assertThat(waiting.remove().join().failedRecordCount()).isZero();
            }
        }
        waiting.forEach(put -> assertThat(put.join().failedRecordCount()).isZero());
    }

    private static boolean firstRecordIsThere(KinesisAsyncClient client, String stream) {
        return client.listShards(list -> list.streamName(stream)).join().shards().stream()
                .map(shard -> client.getShardIterator(get -> get.streamName(stream)
                                .shardId(shard.shardId())
                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .join()
                        .shardIterator())
                .anyMatch(iterator -> client.getRecords(
                                get -> get.shardIterator(iterator).limit(1))
                        .join()
                        .hasRecords());
    }
}
