package io.riacho.flink.source;

import io.riacho.flink.access.AwsClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Reads a shard with GetRecords, one request at a time. Each step starts the next, so no two threads are in it at once; the
 * SDK's futures and the timer's queue order them.
 */
final class PollingFeed implements ShardFeed {

    private final Feeding feeding;
    private final PollBudget budget;
    private final ShardSplit split;
    private Position position;
    private @Nullable String iterator;
    private long startedAt;
    private int failures;
    private volatile boolean closed;

    PollingFeed(Feeding feeding, PollBudget budget, ShardSplit split) {
        this.feeding = feeding;
        this.budget = budget;
        this.split = split;
        this.position = split.position();
    }

    @Override
    public void start() {
        feeding.later(Duration.ZERO, () -> budget.acquire(feeding.guarded(this::poll)));
    }

    @Override
    public void close() {
        closed = true;
    }

    private void poll() {
        if (closed) {
            budget.release();
            return;
        }
        startedAt = System.nanoTime();
        String known = iterator;
        CompletableFuture<String> from = known != null
                ? CompletableFuture.completedFuture(known)
                : feeding.client.getShardIterator(iteratorRequest()).thenApply(GetShardIteratorResponse::shardIterator);
        var unused = from.thenCompose(at -> feeding.client.getRecords(request -> request.shardIterator(at)
                        .streamARN(feeding.settings.arn())
                        .limit(feeding.settings.maxRecords())))
                .whenComplete((answer, failure) -> feeding.guarded(() -> {
                            if (answer != null) {
                                answered(answer);
                            } else {
                                failed(AwsClients.cause(failure));
                            }
                        })
                        .run());
    }

    private void answered(GetRecordsResponse answer) {
        failures = 0;
        List<Record> records = answer.records();
        iterator = answer.nextShardIterator();
        long behind = answer.millisBehindLatest() == null ? 0 : answer.millisBehindLatest();
        boolean end = iterator == null;
        if (records.isEmpty() && !end) {
            feeding.lags.received(split.shardId(), behind, false);
            budget.release();
            again(sinceStart());
            return;
        }
        Position before = position;
        if (!records.isEmpty()) {
            String last = records.get(records.size() - 1).sequenceNumber();
            position = new Position.After(last, 0, true);
        }
        feeding.offer(split, records, before, behind, end, () -> {
            budget.release();
            if (!end) {
                again(sinceStart());
            }
        });
    }

    private Duration sinceStart() {
        Duration left = feeding.settings.pollInterval().minusNanos(System.nanoTime() - startedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void failed(Throwable cause) {
        failures++;
        if (cause instanceof ExpiredIteratorException) {
            iterator = null;
            budget.release();
            again(failures == 1 ? Duration.ZERO : AwsClients.pause(failures));
        } else if (cause instanceof ResourceNotFoundException missing) {
            iterator = null;
            feeding.missing(split, missing, this::expired, () -> {
                budget.release();
                again(AwsClients.pause(failures));
            });
        } else if (AwsClients.isTransient(cause, failures) || isOfTheFuture(cause)) {
            feeding.tell(split, cause, failures);
            budget.release();
            again(AwsClients.pause(failures));
        } else {
            feeding.fail(cause);
        }
    }

    private void expired() {
        feeding.offer(split, List.of(), position, 0, true, budget::release);
    }

    /** The service's clock is behind the one that the start was taken from. */
    private boolean isOfTheFuture(Throwable cause) {
        return position instanceof Position.AtTimestamp at
                && cause instanceof InvalidArgumentException
                && at.millis()
                        > System.currentTimeMillis() - Duration.ofMinutes(5).toMillis();
    }

    private void again(Duration pause) {
        if (!closed) {
            feeding.later(pause, () -> budget.acquire(feeding.guarded(this::poll)));
        }
    }

    private GetShardIteratorRequest iteratorRequest() {
        GetShardIteratorRequest.Builder request = GetShardIteratorRequest.builder()
                .streamARN(feeding.settings.arn())
                .streamName(feeding.settings.name())
                .shardId(split.shardId());
        if (position instanceof Position.AtTimestamp at) {
            request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                    .timestamp(java.time.Instant.ofEpochMilli(at.millis()));
        } else if (position instanceof Position.After after) {
            request.shardIteratorType(
                            after.last()
                                    ? ShardIteratorType.AFTER_SEQUENCE_NUMBER
                                    : ShardIteratorType.AT_SEQUENCE_NUMBER)
                    .startingSequenceNumber(after.sequenceNumber());
        } else {
            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        }
        return request.build();
    }
}
