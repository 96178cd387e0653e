package io.riacho.benchmarks.analytics;

import io.riacho.benchmarks.load.Pauses;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads a stream of one shard that has rows of {@link Averages}, from its beginning. Used by one thread. */
final class Rows {

    private final KinesisClient kinesis;
    private String iterator;

    Rows(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.iterator = kinesis.getShardIterator(request -> request.streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    /**
     * Gives what there is and what comes, until it is enough.
     *
     * @param pauseMilliseconds between two questions that were answered with nothing
     * @throws IllegalStateException if it is not enough within that time
     */
    void read(Consumer<Row> rows, BooleanSupplier enough, long pauseMilliseconds, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (!enough.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not all rows came within " + within.toSeconds() + " s");
            }
            GetRecordsResponse answer = kinesis.getRecords(request -> request.shardIterator(iterator));
            answer.records().forEach(record -> rows.accept(Row.of(record.data().asByteArrayUnsafe())));
            iterator = answer.nextShardIterator();
            if (answer.records().isEmpty()) {
                Pauses.milliseconds(pauseMilliseconds);
            }
        }
    }
}
