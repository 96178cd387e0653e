package io.riacho.flink.source;

import io.riacho.flink.access.AwsClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** What the feeds of a reader share. Safe for use by many threads. */
final class Feeding implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Feeding.class);

    final StreamSettings settings;
    final KinesisAsyncClient client;
    final Lags lags;
    final @Nullable RecordFunction function;

    /** Of so many failures one after the other, the log is told of one. */
    static final int QUIET = 10;

    private final BlockingQueue<ShardBatch> ready = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService timer;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Feeding(StreamSettings settings, KinesisAsyncClient client, Lags lags, @Nullable RecordFunction function) {
        this.settings = settings;
        this.client = client;
        this.lags = lags;
        this.function = function;
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "kinesis-feeds-" + settings.streamName());
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
        this.timer = threads;
    }

    /** The next batch; null where none comes in time. */
    @Nullable
    ShardBatch next(Duration patience) throws InterruptedException {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return ready.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends a wait for the next batch. */
    void wakeUp() {
        ready.add(ShardBatch.none());
    }

    /**
     * Puts what was read where the reader takes it from.
     *
     * @param from what is up to there was given out before
     * @param end whether the shard ends here
     * @param taken run when there is room for the next
     */
    void offer(ShardSplit split, List<Record> records, Position from, long behind, boolean end, Runnable taken) {
        String shard = split.shardId();
        lags.received(shard, behind, !records.isEmpty());
        UserRecords users = new UserRecords(records, split.keys(), from instanceof Position.After after ? after : null);
        if (function == null) {
            ready.add(new ShardBatch(shard, users, end, taken, () -> lags.emitted(shard)));
        } else {
            var unused = function.process(users, timer).whenComplete((processed, failed) -> {
                if (processed != null) {
                    ready.add(new ShardBatch(shard, processed.iterator(), end, taken, () -> lags.emitted(shard)));
                } else {
                    fail(failed);
                }
            });
        }
    }

    void later(Duration pause, Runnable work) {
        try {
            var unused = timer.schedule(guarded(work), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The reader is closed.
            LOG.trace("closed", e);
        }
    }

    /** What goes wrong in a callback ends the reader, and not only that callback's thread. */
    Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                fail(e);
            }
        };
    }

    /** Others may read the shard, too; that its limit is reached now and then is no news. */
    void tell(ShardSplit split, Throwable cause, int failures) {
        if (failures % QUIET == (cause instanceof ProvisionedThroughputExceededException ? 0 : 1)) {
            LOG.warn("{} of {} is read again: {}", split.shardId(), settings.stream(), cause.getMessage());
        }
    }

    void fail(@Nullable Throwable cause) {
        failure.compareAndSet(
                null, cause instanceof StreamReadException known ? known : Listing.failure(settings, cause));
        wakeUp();
    }

    /** A shard, a stream or a consumer is not there: a shard that retention has taken is at its end. */
    void missing(ShardSplit split, ResourceNotFoundException missing, Runnable ended, Runnable again) {
        var unused = client.describeStreamSummary(
                        request -> request.streamARN(settings.arn()).streamName(settings.name()))
                .whenComplete((stream, failed) -> guarded(() -> {
                            if (stream != null) {
                                if (String.valueOf(missing.getMessage()).contains(split.shardId())) {
                                    LOG.warn(
                                            "{} of {} is not there any more, so it is at its end",
                                            split.shardId(),
                                            settings.stream());
                                    ended.run();
                                } else {
                                    again.run();
                                }
                                return;
                            }
                            Throwable cause = failed == null ? missing : AwsClients.cause(failed);
                            if (cause instanceof ResourceNotFoundException || !AwsClients.isTransient(cause, 1)) {
                                fail(cause);
                            } else {
                                again.run();
                            }
                        })
                        .run());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
