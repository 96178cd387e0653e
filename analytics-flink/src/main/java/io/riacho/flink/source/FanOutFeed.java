package io.riacho.flink.source;

import io.riacho.flink.access.AwsClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponse;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/**
 * Has a shard pushed by SubscribeToShard. The next event is asked for when the one before was taken; a subscription that ends,
 * as each does after five minutes, is followed by another one. Safe for use by many threads.
 */
final class FanOutFeed implements ShardFeed {

    private final Feeding feeding;
    private final Consumer consumer;
    private final ShardSplit split;
    private Position position;
    private @Nullable Pushed current;
    private int failures;
    private boolean closed;

    FanOutFeed(Feeding feeding, Consumer consumer, ShardSplit split) {
        this.feeding = feeding;
        this.consumer = consumer;
        this.split = split;
        this.position = split.position();
    }

    @Override
    public void start() {
        feeding.later(Duration.ZERO, this::subscribe);
    }

    @Override
    public synchronized void close() {
        closed = true;
        Pushed open = current;
        if (open != null) {
            open.cancel();
        }
    }

    private void subscribe() {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        var unused = consumer.arn()
                .whenComplete((arn, failure) -> feeding.guarded(() -> {
                            if (arn != null) {
                                subscribe(arn);
                            } else {
                                failed(AwsClients.cause(failure));
                            }
                        })
                        .run());
    }

    private void subscribe(String consumerArn) {
        Pushed pushed = new Pushed();
        SubscribeToShardRequest request;
        synchronized (this) {
            if (closed) {
                return;
            }
            current = pushed;
            request = SubscribeToShardRequest.builder()
                    .consumerARN(consumerArn)
                    .shardId(split.shardId())
                    .startingPosition(startingPosition(position))
                    .build();
        }
        CompletableFuture<Void> subscription = feeding.client.subscribeToShard(request, pushed);
        var unused = subscription.whenComplete(
                (done, failure) -> feeding.guarded(() -> over(pushed, failure)).run());
    }

    private void over(Pushed pushed, @Nullable Throwable failure) {
        synchronized (this) {
            if (closed || current != pushed || pushed.ended) {
                return;
            }
            current = null;
        }
        if (failure == null) {
            feeding.later(Duration.ZERO, this::subscribe);
        } else {
            failed(AwsClients.cause(failure));
        }
    }

    private void failed(Throwable cause) {
        int number;
        Position at;
        synchronized (this) {
            number = ++failures;
            at = position;
        }
        Runnable again = () -> feeding.later(AwsClients.pause(number), this::subscribe);
        if (cause instanceof ResourceNotFoundException missing) {
            consumer.forget();
            feeding.missing(split, missing, () -> feeding.offer(split, List.of(), at, 0, true, () -> {}), again);
        } else if (AwsClients.isTransient(cause, number)
                || cause instanceof ResourceInUseException
                || isOfTheFuture(at, cause)) {
            feeding.tell(split, cause, number);
            again.run();
        } else {
            feeding.fail(cause);
        }
    }

    /** The service's clock is behind the one that the start was taken from. */
    private static boolean isOfTheFuture(Position position, Throwable cause) {
        return position instanceof Position.AtTimestamp at
                && cause instanceof InvalidArgumentException
                && at.millis()
                        > System.currentTimeMillis() - Duration.ofMinutes(5).toMillis();
    }

    private static StartingPosition startingPosition(Position position) {
        StartingPosition.Builder from = StartingPosition.builder();
        if (position instanceof Position.AtTimestamp at) {
            from.type(ShardIteratorType.AT_TIMESTAMP).timestamp(Instant.ofEpochMilli(at.millis()));
        } else if (position instanceof Position.After after) {
            from.type(after.last() ? ShardIteratorType.AFTER_SEQUENCE_NUMBER : ShardIteratorType.AT_SEQUENCE_NUMBER)
                    .sequenceNumber(after.sequenceNumber());
        } else {
            from.type(ShardIteratorType.TRIM_HORIZON);
        }
        return from.build();
    }

    /** One subscription. */
    private final class Pushed implements SubscribeToShardResponseHandler, Subscriber<SubscribeToShardEventStream> {

        private @Nullable Subscription subscription;
        private boolean ended;

        @Override
        public void responseReceived(SubscribeToShardResponse response) {
            // What counts are the events.
        }

        @Override
        public void onEventStream(SdkPublisher<SubscribeToShardEventStream> events) {
            events.subscribe(this);
        }

        @Override
        public void exceptionOccurred(Throwable failure) {
            // The call's future tells it.
        }

        @Override
        public void complete() {
            // The call's future tells it.
        }

        @Override
        public void onSubscribe(Subscription begun) {
            synchronized (FanOutFeed.this) {
                subscription = begun;
            }
            begun.request(1);
        }

        @Override
        public void onNext(SubscribeToShardEventStream event) {
            if (event instanceof SubscribeToShardEvent pushed) {
                feeding.guarded(() -> take(pushed)).run();
            } else {
                more();
            }
        }

        @Override
        public void onError(Throwable failure) {
            // The call's future tells it.
        }

        @Override
        public void onComplete() {
            // The call's future tells it.
        }

        private void take(SubscribeToShardEvent event) {
            List<Record> records = event.records();
            boolean end = event.hasChildShards() && event.continuationSequenceNumber() == null;
            long behind = event.millisBehindLatest() == null ? 0 : event.millisBehindLatest();
            Position before;
            synchronized (FanOutFeed.this) {
                if (closed || current != this) {
                    return;
                }
                failures = 0;
                ended = end;
                before = position;
                if (event.continuationSequenceNumber() != null && !isWithin(before, records)) {
                    position = new Position.After(event.continuationSequenceNumber(), 0, true);
                }
            }
            if (records.isEmpty() && !end) {
                feeding.lags.received(split.shardId(), behind, false);
                more();
            } else {
                feeding.offer(split, records, before, behind, end, this::more);
            }
        }

        /** What was pushed so far is not even the stored record in whose middle the reading begins. */
        private boolean isWithin(Position before, List<Record> records) {
            return records.isEmpty() && before instanceof Position.After after && !after.last();
        }

        private void more() {
            Subscription open;
            synchronized (FanOutFeed.this) {
                open = closed || current != this || ended ? null : subscription;
            }
            if (open != null) {
                open.request(1);
            }
        }

        private void cancel() {
            Subscription open = subscription;
            if (open != null) {
                open.cancel();
            }
        }
    }
}
