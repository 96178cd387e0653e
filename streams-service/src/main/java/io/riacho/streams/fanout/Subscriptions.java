package io.riacho.streams.fanout;

import io.riacho.protocol.AwsException;
import io.riacho.streams.consumer.Consumer;
import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.limit.ConsumerLimits;
import io.riacho.streams.limit.LimitSettings;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.StreamCatalog;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * All subscriptions: one for each consumer and shard, so many at once, and none when the server stops. Safe for use by
 * many threads.
 */
public final class Subscriptions implements SmartLifecycle {

    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final FanOutSettings settings;
    private final LimitSettings limits;
    private final String accountId;
    private final LongSupplier nanoTime;
    private final Semaphore free;
    private final EventMemory memory;
    private final Map<Key, Place> places = new ConcurrentHashMap<>();
    private volatile boolean running;

    public Subscriptions(
            StreamCatalog streams,
            ConsumerCatalog consumers,
            FanOutSettings settings,
            LimitSettings limits,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.limits = limits;
        this.nanoTime = nanoTime;
        accountId = streams.naming().accountId();
        free = new Semaphore(settings.most());
        memory = new EventMemory(settings.memoryBytes());
        streams.onChange(stream -> tell(subscriber -> subscriber.streamId() == stream.id()));
        consumers.onChange(consumer -> tell(subscriber -> subscriber.consumer().id() == consumer.id()));
    }

    private record Key(long consumerId, long shardNumber) {}

    /** What is known of one consumer and shard; changed under the map's lock. */
    private static final class Place {

        final ConsumerLimits limits;

        volatile @Nullable ShardSubscription current;

        long since;

        Place(ConsumerLimits limits, long now) {
            this.limits = limits;
            since = now;
        }
    }

    /**
     * Counts a call of SubscribeToShard.
     *
     * @return the limits that hold for the consumer and the shard
     * @throws AwsException LimitExceededException where there was another in the last second
     */
    ConsumerLimits call(Consumer consumer, Shard shard) {
        ConsumerLimits found = places.computeIfAbsent(
                        new Key(consumer.id(), shard.number()),
                        _ -> new Place(
                                new ConsumerLimits(limits.consumerBytesPerSecondOf(consumer.streamName()), nanoTime),
                                nanoTime.getAsLong()))
                .limits;
        if (!found.tryCall()) {
            throw KinesisErrors.limitExceeded(
                    "Rate exceeded for consumer " + consumer.arn() + " and shard " + shard.id());
        }
        return found;
    }

    /**
     * Begins a subscription, which ends the one of the same consumer and shard that was there before.
     *
     * @throws AwsException ResourceInUseException where that has begun a moment ago, LimitExceededException where there are
     *     too many
     */
    void begin(ShardSubscription subscription) {
        if (!running || !free.tryAcquire()) {
            throw KinesisErrors.limitExceeded(
                    "There are too many subscriptions on this server. Please try again later.");
        }
        try {
            Subscriber subscriber = subscription.subscriber();
            places.compute(key(subscriber), (_, place) -> take(place, subscriber, subscription));
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
        if (!running) {
            subscription.stop();
        }
    }

    private Place take(@Nullable Place known, Subscriber subscriber, ShardSubscription subscription) {
        long now = nanoTime.getAsLong();
        Place place = known != null ? known : new Place(subscriber.limits(), now);
        ShardSubscription before = place.current;
        if (before != null) {
            AwsException inUse = KinesisErrors.resourceInUse(
                    "Another active subscription exists for this consumer: " + accountId + ':' + subscriber);
            if (now - place.since < settings.takeover().toNanos()) {
                throw inUse;
            }
            before.fail(inUse);
        }
        place.current = subscription;
        place.since = now;
        return place;
    }

    void ended(ShardSubscription subscription) {
        free.release();
        places.computeIfPresent(key(subscription.subscriber()), (_, place) -> {
            if (place.current == subscription) {
                place.current = null;
            }
            return place;
        });
    }

    /** Forgets consumers and shards that nobody has subscribed to for a while. To be called now and then. */
    public void tidy() {
        long now = nanoTime.getAsLong();
        for (Key key : places.keySet()) {
            places.computeIfPresent(
                    key, (_, place) -> place.current == null && now - place.since > FORGOTTEN.toNanos() ? null : place);
        }
    }

    /** How many there are. */
    public int count() {
        return settings.most() - free.availablePermits();
    }

    /** What the events take that are on their way to readers. */
    public long bytesOnTheWay() {
        return settings.memoryBytes() - memory.free();
    }

    EventMemory memory() {
        return memory;
    }

    private void tell(Predicate<Subscriber> concerned) {
        places.values().forEach(place -> {
            ShardSubscription subscription = place.current;
            if (subscription != null && concerned.test(subscription.subscriber())) {
                subscription.changed();
            }
        });
    }

    private static Key key(Subscriber subscriber) {
        return new Key(subscriber.consumer().id(), subscriber.shardNumber());
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for requests to end, so that it does not wait for these. */
    @Override
    public void stop() {
        running = false;
        places.values().forEach(place -> {
            ShardSubscription subscription = place.current;
            if (subscription != null) {
                subscription.stop();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
