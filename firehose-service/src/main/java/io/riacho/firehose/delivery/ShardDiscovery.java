package io.riacho.firehose.delivery;

import io.riacho.firehose.source.RecordSource;
import io.riacho.firehose.source.SourceException;
import io.riacho.leases.ApplicationLeases;
import io.riacho.leases.NewLease;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a source for its shards, again and again, and adds a lease for each that is new. It has a thread for as long as it
 * asks; in between it costs neither a thread nor a question to the database.
 */
final class ShardDiscovery implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ShardDiscovery.class);

    /** How often a source is asked for shards that nobody told of, such as a topic's new partitions. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final String title;
    private final RecordSource source;
    private final SourceGuard guard;
    private final ApplicationLeases leases;
    private final EngineResources resources;
    private final Listener listener;
    private final Backoff backoff = new Backoff();
    /** Shards that have their leases. Of the thread that asks. */
    private final Set<String> known = new HashSet<>();

    private boolean failing;
    private @Nullable Thread asking;
    private boolean closed;

    ShardDiscovery(
            String title,
            RecordSource source,
            SourceGuard guard,
            ApplicationLeases leases,
            EngineResources resources,
            Listener listener) {
        this.title = title;
        this.source = source;
        this.guard = guard;
        this.leases = leases;
        this.resources = resources;
        this.listener = listener;
    }

    /** Learns what came of asking. */
    interface Listener {

        /** There are leases that there were not. */
        void added();

        void failed(SourceException failure);

        /** The source answers again. */
        void recovered();
    }

    /** Begins to ask. */
    synchronized void start() {
        if (!closed) {
            asking = Thread.ofVirtual().name("firehose-shards-" + title).start(this::ask);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (asking != null) {
            // It alone could be swallowed by what the thread waits for; nothing more is begun in any case.
            asking.interrupt();
        }
    }

    private void ask() {
        boolean found = false;
        try {
            look();
            found = true;
            backoff.reset();
        } catch (SourceException e) {
            failing = true;
            log.warn("{} cannot ask its source for shards: {}", title, e.getMessage());
            tell(() -> listener.failed(e));
        } catch (InterruptedException e) {
            log.debug("{} stops", title);
        } catch (RuntimeException e) {
            if (!isClosed()) {
                log.warn("{} cannot look for shards; it tries again", title, e);
            }
        }
        Duration pause = found ? LOOK_AGAIN : backoff.next();
        resources.schedule(this::start, pause.toNanos());
    }

    private void look() throws SourceException, InterruptedException {
        guard.check(System.nanoTime());
        List<NewLease> found = source.shards();
        if (failing) {
            failing = false;
            listener.recovered();
        }
        List<NewLease> unknown =
                found.stream().filter(lease -> !known.contains(lease.shard())).toList();
        if (!unknown.isEmpty()) {
            leases.add(unknown);
            unknown.forEach(lease -> known.add(lease.shard()));
            listener.added();
        }
        // A stream forgets its shards, in time.
        known.retainAll(found.stream().map(NewLease::shard).toList());
    }

    /** Where it cannot be said, it is said the next time. */
    private void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            log.warn("It cannot be told how {} fares", title, e);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }
}
