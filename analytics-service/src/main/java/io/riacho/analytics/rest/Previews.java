package io.riacho.analytics.rest;

import io.riacho.protocol.AwsException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;

/** Who looks at the rows of applications: so many at once, and nobody when the server stops. Safe for use by many threads. */
public final class Previews implements SmartLifecycle {

    private final Semaphore places;
    private final Set<PreviewReader> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private long version;
    private volatile boolean running;

    /** @param most how many may look at once */
    public Previews(int most) {
        this.places = new Semaphore(most);
    }

    /** @return to be closed */
    PreviewReader open(UUID application, String stream) {
        if (!running || !places.tryAcquire()) {
            throw AwsException.badRequest(
                    "ThrottlingException", "There are too many previews on this server. Please try again later.");
        }
        PreviewReader reader = new PreviewReader(application, stream, this::closed);
        open.add(reader);
        changed();
        return reader;
    }

    /** Another one after each beginning and end of a look. */
    long version() {
        lock.lock();
        try {
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is another version; the present one after the time, and when the server stops. */
    long awaitAfter(long known, Duration time) {
        lock.lock();
        try {
            long rest = time.toNanos();
            while (version == known && running && rest > 0) {
                rest = change.awaitNanos(rest);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return version();
    }

    private void changed() {
        lock.lock();
        try {
            version++;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The streams of the application that somebody looks at. */
    Set<String> lookedAt(UUID application) {
        Set<String> streams = new TreeSet<>();
        for (PreviewReader reader : open) {
            if (reader.application().equals(application)) {
                streams.add(reader.stream());
            }
        }
        return streams;
    }

    void add(UUID application, String stream, JsonNode row) {
        for (PreviewReader reader : open) {
            if (reader.application().equals(application) && reader.stream().equals(stream)) {
                reader.add(row);
            }
        }
    }

    private void closed(PreviewReader reader) {
        if (open.remove(reader)) {
            places.release();
            changed();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for requests to end, so that it does not wait for these. */
    @Override
    public void stop() {
        running = false;
        open.forEach(PreviewReader::stop);
        changed();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
