package io.riacho.streams.stream;

import io.riacho.log.Watching;
import io.riacho.streams.error.KinesisErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams, in memory: what the record path asks instead of PostgreSQL. A change is stored first and seen afterwards.
 * Safe for use by many threads; changes of one stream wait for each other.
 */
public final class StreamCatalog {

    private static final Logger log = LoggerFactory.getLogger(StreamCatalog.class);

    private final StreamStore store;
    private final StreamNaming naming;
    private final Map<String, Stream> byName = new ConcurrentHashMap<>();
    private final Map<Long, Stream> byId = new ConcurrentHashMap<>();
    private final Map<Long, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final ReentrantLock creation = new ReentrantLock();
    private final List<Consumer<Stream>> watchers = new CopyOnWriteArrayList<>();

    StreamCatalog(StreamStore store, StreamNaming naming) {
        this.store = store;
        this.naming = naming;
        store.load().forEach(this::publish);
    }

    public Optional<Stream> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<Stream> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * Calls back with each stream that was added, changed or removed, until the returned one is closed. Called by the
     * thread that changes it, which holds up other changes of the stream, so the action has to be short.
     */
    public Watching onChange(Consumer<Stream> action) {
        watchers.add(action);
        return () -> watchers.remove(action);
    }

    /** The stream of the name, whatever its state. */
    public Stream get(String name) {
        return find(name).orElseThrow(() -> KinesisErrors.streamNotFound(name, naming.accountId()));
    }

    /** All streams in the order of their names. */
    public List<Stream> all() {
        List<Stream> all = new ArrayList<>(byName.values());
        all.sort(Comparator.comparing(Stream::name));
        return all;
    }

    public StreamNaming naming() {
        return naming;
    }

    /**
     * Changes a stream.
     *
     * @param change of the stream as it is now; may throw to refuse. The same stream means that there is nothing to change
     * @return the changed stream
     * @throws io.riacho.protocol.AwsException where the stream is gone
     */
    public Stream change(Stream stream, UnaryOperator<Stream> change) {
        ReentrantLock lock = lock(stream);
        try {
            Stream before = find(stream.id())
                    .orElseThrow(() -> KinesisErrors.streamNotFound(stream.name(), naming.accountId()));
            Stream after = change.apply(before);
            if (after != before) {
                update(before, after);
            }
            return after;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a stream.
     *
     * @param make gives the stream; may throw to refuse. No other stream is added meanwhile
     */
    Stream add(java.util.function.Supplier<Stream> make) {
        creation.lock();
        try {
            Stream stream = make.get();
            store.insert(stream);
            publish(stream);
            return stream;
        } finally {
            creation.unlock();
        }
    }

    void remove(Stream stream) {
        ReentrantLock lock = lock(stream);
        try {
            store.delete(stream);
            byName.remove(stream.name());
            byId.remove(stream.id());
            watchers.forEach(watcher -> watcher.accept(stream));
        } finally {
            lock.unlock();
        }
        locks.remove(stream.id());
    }

    private ReentrantLock lock(Stream stream) {
        ReentrantLock lock = locks.computeIfAbsent(stream.id(), _ -> new ReentrantLock());
        lock.lock();
        return lock;
    }

    private void update(Stream before, Stream after) {
        try {
            store.update(before, after);
        } catch (RuntimeException e) {
            reload(before);
            throw e;
        }
        publish(after);
    }

    /** After a failure nobody knows whether the change was stored, so what is stored counts. */
    private void reload(Stream stream) {
        try {
            store.load().stream().filter(stored -> stored.id() == stream.id()).forEach(this::publish);
        } catch (RuntimeException e) {
            log.warn("Stream {} could not be read again after a failed change", stream.name(), e);
        }
    }

    private void publish(Stream stream) {
        byId.put(stream.id(), stream);
        byName.put(stream.name(), stream);
        watchers.forEach(watcher -> watcher.accept(stream));
    }
}
