package io.riacho.firehose.source.kinesis;

import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.firehose.source.SourceException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/**
 * Reads a shard by SubscribeToShard, one subscription after the other. An event is asked for when the last one was read, so
 * what cannot be delivered stays in the stream.
 */
final class SubscribedReader implements ShardReader {

    private static final Duration TAKEN_PAUSE = Duration.ofMillis(1_100);

    private final KinesisAsyncClient kinesis;
    private final StreamConsumer consumer;
    private final RecordReader records;
    private final String shard;
    private StartingPoint point;
    private @Nullable Events events;
    private volatile boolean closed;

    SubscribedReader(
            KinesisAsyncClient kinesis,
            StreamConsumer consumer,
            RecordReader records,
            String shard,
            StartingPoint point) {
        this.kinesis = kinesis;
        this.consumer = consumer;
        this.records = records;
        this.shard = shard;
        this.point = point;
    }

    @Override
    public @Nullable SourceBatch read(Duration patience) throws SourceException, InterruptedException {
        Events current = events;
        if (current == null) {
            current = subscribe();
        }
        Signal signal = current.take(patience);
        return switch (signal) {
            case null -> null;
            case Signal.Event(SubscribeToShardEvent event) -> read(event);
            case Signal.End(Throwable failure) -> {
                end();
                if (failure != null) {
                    pauseOrThrow(KinesisAnswers.failure(failure));
                }
                yield null;
            }
        };
    }

    @Override
    public void close() {
        closed = true;
        end();
    }

    private SourceBatch read(SubscribeToShardEvent event) {
        boolean ended = event.continuationSequenceNumber() == null;
        if (!ended) {
            point = StartingPoint.after(event.continuationSequenceNumber());
        }
        return records.batch(
                shard,
                event.records(),
                event.continuationSequenceNumber(),
                event.millisBehindLatest(),
                ended,
                event.childShards());
    }

    private Events subscribe() throws SourceException, InterruptedException {
        String consumerArn = consumer.arn();
        Events begun = new Events();
        events = begun;
        if (closed) {
            throw new InterruptedException("closed");
        }
        var _ = kinesis.subscribeToShard(
                        request ->
                                request.consumerARN(consumerArn).shardId(shard).startingPosition(point.position()),
                        SubscribeToShardResponseHandler.builder()
                                .onEventStream(stream -> stream.subscribe(begun))
                                .onError(begun::onError)
                                .build())
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        begun.onError(failure);
                    }
                });
        return begun;
    }

    /** Another subscription of this consumer may live on for a moment, where its process was killed. */
    private void pauseOrThrow(SourceException failure) throws SourceException, InterruptedException {
        switch (failure.code()) {
            case "ResourceInUseException", "LimitExceededException" -> Thread.sleep(TAKEN_PAUSE);
            case "ResourceNotFoundException" -> {
                consumer.forget();
                throw failure;
            }
            default -> throw failure;
        }
    }

    private void end() {
        Events current = events;
        events = null;
        if (current != null) {
            current.cancel();
        }
    }

    /** What a subscription said. */
    private sealed interface Signal {

        record Event(SubscribeToShardEvent event) implements Signal {}

        /** @param failure null where its time is over */
        record End(@Nullable Throwable failure) implements Signal {}
    }

    /** The events of one subscription, at most two of which are in memory. */
    private static final class Events implements Subscriber<SubscribeToShardEventStream> {

        private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
        private volatile @Nullable Subscription subscription;
        private volatile boolean cancelled;

        @Nullable
        Signal take(Duration patience) throws InterruptedException {
            Signal signal = signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            Subscription current = subscription;
            if (signal instanceof Signal.Event && current != null) {
                current.request(1);
            }
            return signal;
        }

        void cancel() {
            cancelled = true;
            Subscription current = subscription;
            if (current != null) {
                current.cancel();
            }
        }

        @Override
        public void onSubscribe(Subscription begun) {
            subscription = begun;
            if (cancelled) {
                begun.cancel();
            } else {
                begun.request(1);
            }
        }

        @Override
        public void onNext(SubscribeToShardEventStream event) {
            if (event instanceof SubscribeToShardEvent records) {
                signals.add(new Signal.Event(records));
            } else {
                Subscription current = subscription;
                if (current != null) {
                    current.request(1);
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            signals.add(new Signal.End(cause));
        }

        @Override
        public void onComplete() {
            signals.add(new Signal.End(null));
        }
    }
}
