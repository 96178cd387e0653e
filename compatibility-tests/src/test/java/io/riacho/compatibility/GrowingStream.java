package io.riacho.compatibility;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A stream of one shard that others write to, read along from its beginning. It outlives restarts of the server. Not thread-safe. */
final class GrowingStream {

    private static final String SHARD = "shardId-000000000000";

    private final KinesisClient client;
    private final String stream;
    private final List<String> texts = new ArrayList<>();
    private @Nullable String iterator;
    private @Nullable String last;

    GrowingStream(KinesisClient client, String stream) {
        this.client = client;
        this.stream = stream;
    }

    /** All that is there by now, in its order. */
    List<String> texts() {
        List<Record> records;
        do {
            records = more();
            records.forEach(record -> {
                last = record.sequenceNumber();
                texts.add(record.data().asUtf8String());
            });
        } while (!records.isEmpty());
        return List.copyOf(texts);
    }

    /** Those that are there once they are what is wanted, or once the time is over. */
    List<WindowRow> awaitWindows(Duration limit, Predicate<List<WindowRow>> wanted) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            List<WindowRow> windows = texts().stream()
                    .map(WindowRow::parsed)
                    .filter(row -> !row.key().equals(TestStreams.CLOSING))
                    .toList();
            if (wanted.test(windows) || System.nanoTime() > deadline) {
                return windows;
            }
            Pause.milliseconds(200);
        }
    }

    /** Waits until there is more than there is now. */
    void awaitMore() {
        int before = texts().size();
        Pause.until("there is more in " + stream, Duration.ofMinutes(3), () -> texts().size() > before);
    }

    private List<Record> more() {
        String from = last;
        if (iterator == null) {
            iterator = client.getShardIterator(request -> {
                        request.streamName(stream).shardId(SHARD);
                        if (from == null) {
                            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
                        } else {
                            request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                    .startingSequenceNumber(from);
                        }
                    })
                    .shardIterator();
        }
        String at = iterator;
        try {
            GetRecordsResponse answer = client.getRecords(request -> request.shardIterator(at));
            iterator = answer.nextShardIterator();
            return answer.records();
        } catch (SdkException e) {
            iterator = null;
            throw e;
        }
    }
}
