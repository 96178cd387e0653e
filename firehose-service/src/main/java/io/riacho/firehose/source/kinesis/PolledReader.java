package io.riacho.firehose.source.kinesis;

import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.firehose.source.SourceException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;

/** Reads a shard by GetRecords: once a second, as AWS's Firehose does, and at once again where there is more. */
final class PolledReader implements ShardReader {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Five calls a second are for all readers of a shard. */
    private static final Duration BEHIND_INTERVAL = Duration.ofMillis(250);

    private final KinesisAsyncClient kinesis;
    private final RecordReader records;
    private final String streamArn;
    private final String shard;
    private StartingPoint point;
    private @Nullable String iterator;
    private long nextCall = System.nanoTime();

    PolledReader(
            KinesisAsyncClient kinesis, RecordReader records, String streamArn, String shard, StartingPoint point) {
        this.kinesis = kinesis;
        this.records = records;
        this.streamArn = streamArn;
        this.shard = shard;
        this.point = point;
    }

    @Override
    public @Nullable SourceBatch read(Duration patience) throws SourceException, InterruptedException {
        long wait = nextCall - System.nanoTime();
        if (wait > patience.toNanos()) {
            Thread.sleep(patience);
            return null;
        }
        if (wait > 0) {
            Thread.sleep(Duration.ofNanos(wait));
        }
        try {
            return read();
        } catch (SourceException e) {
            nextCall = System.nanoTime() + INTERVAL.toNanos();
            switch (e.code()) {
                case "ProvisionedThroughputExceededException", "LimitExceededException" -> {}
                case "ExpiredIteratorException" -> iterator = null;
                default -> throw e;
            }
            return null;
        }
    }

    @Override
    public void close() {
        // Nothing is held between calls.
    }

    private SourceBatch read() throws SourceException, InterruptedException {
        String current = iterator;
        if (current == null) {
            current = KinesisAnswers.await(kinesis.getShardIterator(request -> {
                        request.streamARN(streamArn).shardId(shard);
                        point.setOn(request);
                    }))
                    .shardIterator();
        }
        String from = current;
        GetRecordsResponse answer = KinesisAnswers.await(
                kinesis.getRecords(request -> request.streamARN(streamArn).shardIterator(from)));
        iterator = answer.nextShardIterator();
        if (!answer.records().isEmpty()) {
            point = StartingPoint.after(answer.records().getLast().sequenceNumber());
        }
        boolean isBehind = answer.millisBehindLatest() != null && answer.millisBehindLatest() > 0;
        nextCall = System.nanoTime() + (isBehind ? BEHIND_INTERVAL : INTERVAL).toNanos();
        boolean ended = answer.nextShardIterator() == null;
        return records.batch(shard, answer.records(), null, answer.millisBehindLatest(), ended, answer.childShards());
    }
}
