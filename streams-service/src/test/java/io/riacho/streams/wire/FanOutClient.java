package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** AWS's own asynchronous client, over HTTP/2, as KCL subscribes to shards. */
final class FanOutClient implements AutoCloseable {

    static final StartingPosition TRIM_HORIZON = from(ShardIteratorType.TRIM_HORIZON);
    static final StartingPosition LATEST = from(ShardIteratorType.LATEST);

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final KinesisAsyncClient kinesis;

    FanOutClient(WireServer server) {
        this(server, server.users().root());
    }

    FanOutClient(WireServer server, TestUsers.User user) {
        kinesis = KinesisAsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(WireServer.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(user.accessKeyId(), user.secretKey())))
                .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder().maxConcurrency(2000).readTimeout(PATIENCE))
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    KinesisAsyncClient kinesis() {
        return kinesis;
    }

    static StartingPosition from(ShardIteratorType type) {
        return StartingPosition.builder().type(type).build();
    }

    static StartingPosition after(String sequenceNumber) {
        return StartingPosition.builder()
                .type(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                .sequenceNumber(sequenceNumber)
                .build();
    }

    /** Subscribes, and takes every event as it comes. */
    Subscribed subscribe(String consumerArn, String shardId, StartingPosition from) {
        return subscribe(consumerArn, shardId, from, Long.MAX_VALUE);
    }

    /** @param demand how many events are taken before {@link Subscribed#take} is called */
    Subscribed subscribe(String consumerArn, String shardId, StartingPosition from, long demand) {
        Subscribed subscribed = new Subscribed(demand);
        subscribed.done = kinesis.subscribeToShard(
                request -> request.consumerARN(consumerArn).shardId(shardId).startingPosition(from),
                SubscribeToShardResponseHandler.builder()
                        .subscriber(() -> subscribed)
                        .build());
        return subscribed;
    }

    @Override
    public void close() {
        kinesis.close();
    }

    /** What one subscription gives. */
    static final class Subscribed implements Subscriber<SubscribeToShardEventStream> {

        private final BlockingQueue<SubscribeToShardEvent> events = new LinkedBlockingQueue<>();
        private final CompletableFuture<Subscription> begun = new CompletableFuture<>();
        private final long demand;
        private CompletableFuture<Void> done = new CompletableFuture<>();

        private Subscribed(long demand) {
            this.demand = demand;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            begun.complete(subscription);
            if (demand > 0) {
                subscription.request(demand);
            }
        }

        @Override
        public void onNext(SubscribeToShardEventStream event) {
            if (event instanceof SubscribeToShardEvent records) {
                events.add(records);
            }
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}

        /** Waits until the server has answered that the subscription began. */
        Subscribed begin() {
            CompletableFuture.anyOf(begun, done)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            return this;
        }

        void request(long more) {
            begun.join().request(more);
        }

        void cancel() {
            begun.join().cancel();
        }

        /** The next event, with or without records. */
        SubscribeToShardEvent next() {
            try {
                SubscribeToShardEvent event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(event).as("an event").isNotNull();
                return event;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The next records, so many. */
        List<Record> records(int count) {
            List<Record> records = new ArrayList<>();
            while (records.size() < count) {
                records.addAll(next().records());
            }
            return records;
        }

        /** The last event of a subscription that has ended. */
        SubscribeToShardEvent last() {
            SubscribeToShardEvent last = next();
            while (!events.isEmpty()) {
                last = next();
            }
            return last;
        }

        int waiting() {
            return events.size();
        }

        /** What the subscription ended with; null where its time was over. */
        @Nullable
        Throwable end() {
            try {
                done.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
                return null;
            } catch (CompletionException e) {
                return e.getCause();
            }
        }
    }
}
