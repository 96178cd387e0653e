package io.riacho.streams.consumer;

import io.riacho.policy.NamedPolicy;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Permission;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.stream.ResourcePermissions;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamConsumers;
import io.riacho.streams.stream.StreamResolver;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/**
 * All consumers, in memory. A change is stored first and seen afterwards. Safe for use by many threads; changes wait for
 * each other.
 */
public final class ConsumerCatalog implements StreamConsumers {

    private final StreamCatalog streams;
    private final StreamResolver resolver;
    private final ConsumerStore store;
    private final Map<String, Consumer> byArn = new ConcurrentHashMap<>();
    private final Map<Long, Map<String, Consumer>> byStream = new ConcurrentHashMap<>();
    private final ReentrantLock changes = new ReentrantLock();
    private final List<java.util.function.Consumer<Consumer>> watchers = new CopyOnWriteArrayList<>();

    /** Reads all that are stored. */
    public ConsumerCatalog(StreamCatalog streams, StreamResolver resolver, ConsumerStore store) {
        this.streams = streams;
        this.resolver = resolver;
        this.store = store;
        store.load().forEach(this::publish);
        streams.onChange(stream -> {
            if (streams.find(stream.id()).isEmpty()) {
                forget(stream);
            }
        });
    }

    /** The consumer of the ARN, whatever its state. */
    public Optional<Consumer> find(String arn) {
        return Optional.ofNullable(byArn.get(arn));
    }

    /** @throws AwsException ResourceNotFoundException where there is none */
    public Consumer get(String arn) {
        return find(arn).orElseThrow(() -> notFound(arn));
    }

    /**
     * The stream that the consumer reads.
     *
     * @throws AwsException ResourceNotFoundException where it is gone
     */
    public Stream streamOf(Consumer consumer) {
        return streams.find(consumer.streamId())
                .orElseThrow(() -> KinesisErrors.streamNotFound(
                        consumer.streamName(), streams.naming().accountId()));
    }

    /** The stream's consumers in the order of their names. */
    public List<Consumer> of(Stream stream) {
        return named(stream).values().stream()
                .sorted(Comparator.comparing(Consumer::name))
                .toList();
    }

    /** Those of all streams that are on their way into the state, or in it. */
    List<Consumer> in(ConsumerStatus status) {
        return byArn.values().stream()
                .filter(consumer -> consumer.status() == status)
                .toList();
    }

    /**
     * Calls back with each consumer that was changed or removed. Called by the thread that changes it, which holds up other
     * changes, so the action has to be short.
     */
    public void onChange(java.util.function.Consumer<Consumer> action) {
        watchers.add(action);
    }

    @Override
    public int count(Stream stream) {
        return named(stream).size();
    }

    @Override
    public String arn(@Nullable String arn, @Nullable String streamArn, @Nullable String name) {
        if (streamArn == null || name == null) {
            if (arn == null || streamArn != null || name != null) {
                throw KinesisErrors.invalidArgument(
                        "Either ConsumerARN or both StreamARN and ConsumerName must be provided.");
            }
            return arn;
        }
        String streamName = resolver.name(null, streamArn, null);
        String named = streams.find(streamName)
                .map(stream -> named(stream).get(name))
                .map(Consumer::arn)
                .orElseGet(() -> streams.naming().arnOf(streamName) + "/consumer/" + name);
        if (arn != null && !arn.equals(named)) {
            throw KinesisErrors.invalidArgument(
                    "ConsumerARN " + arn + " is not the consumer " + name + " of stream " + streamArn + ".");
        }
        return named;
    }

    @Override
    public Permission permission(String operation, String arn, Map<String, List<String>> requestKeys) {
        Consumer consumer = byArn.get(arn);
        ResourcePermissions permissions = consumer != null
                ? consumer.permissions()
                : new ResourcePermissions(arn, streams.naming().accountId(), Map.of(), null);
        return permissions.of(operation, requestKeys);
    }

    /**
     * Adds a consumer, which is CREATING.
     *
     * @param check may throw to refuse; no other is added meanwhile
     */
    Consumer add(Stream stream, String name, Instant createdAt, Map<String, String> tags, Runnable check) {
        changes.lock();
        try {
            check.run();
            Consumer there = named(stream).get(name);
            if (there != null) {
                throw ConsumerErrors.exists(there, streams.naming().accountId());
            }
            Consumer added = store.insert(stream, name, createdAt, tags);
            publish(added);
            return added;
        } finally {
            changes.unlock();
        }
    }

    /**
     * Changes a consumer.
     *
     * @param change of the consumer as it is now; may throw to refuse
     * @throws AwsException ResourceNotFoundException where it is gone
     */
    Consumer change(String arn, UnaryOperator<Consumer> change) {
        changes.lock();
        try {
            Consumer before = get(arn);
            Consumer after = change.apply(before);
            if (after != before) {
                store.update(before, after);
                publish(after);
            }
            return after;
        } finally {
            changes.unlock();
        }
    }

    /** Gives the consumer other tags. */
    public void tag(String arn, Function<Consumer, Map<String, String>> tags) {
        change(arn, now -> now.withTags(tags.apply(now)));
    }

    /**
     * Gives the consumer, which has to be ACTIVE, another policy.
     *
     * @param policy of the consumer as it is now; gives null to take it away, and may throw to refuse
     */
    public void setPolicy(String arn, Function<Consumer, @Nullable NamedPolicy> policy) {
        change(arn, now -> {
            if (!now.isActive()) {
                throw ConsumerErrors.notActive(now, streams.naming().accountId());
            }
            return now.withPolicy(policy.apply(now));
        });
    }

    void remove(Consumer consumer) {
        changes.lock();
        try {
            store.delete(consumer);
            named(consumer).remove(consumer.name());
            byArn.remove(consumer.arn());
        } finally {
            changes.unlock();
        }
        watchers.forEach(watcher -> watcher.accept(consumer));
    }

    public AwsException notFound(String arn) {
        return ConsumerErrors.notFound(arn);
    }

    private void forget(Stream stream) {
        changes.lock();
        try {
            Map<String, Consumer> gone = byStream.remove(stream.id());
            if (gone != null) {
                gone.values().forEach(consumer -> byArn.remove(consumer.arn()));
            }
        } finally {
            changes.unlock();
        }
    }

    private void publish(Consumer consumer) {
        byArn.put(consumer.arn(), consumer);
        byStream.computeIfAbsent(consumer.streamId(), _ -> new ConcurrentHashMap<>())
                .put(consumer.name(), consumer);
        watchers.forEach(watcher -> watcher.accept(consumer));
    }

    private Map<String, Consumer> named(Stream stream) {
        return byStream.getOrDefault(stream.id(), Map.of());
    }

    private Map<String, Consumer> named(Consumer consumer) {
        return byStream.getOrDefault(consumer.streamId(), new ConcurrentHashMap<>());
    }
}
