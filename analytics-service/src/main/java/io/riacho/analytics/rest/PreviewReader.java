package io.riacho.analytics.rest;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One who looks at the rows of an in-application stream, by server-sent events. A slow reader holds up nobody: of what it
 * does not read in time the oldest is left out, and it is told how many rows that were.
 */
final class PreviewReader implements AutoCloseable {

    private static final int MOST_ROW = 64 * 1024;
    private static final int MOST_CHARS = 256 * 1024;
    private static final Duration RECHECK = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final UUID application;
    private final String stream;
    private final Consumer<PreviewReader> whenClosed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Deque<String> rows = new ArrayDeque<>();
    private int chars;
    private long dropped;
    private boolean stopped;

    PreviewReader(UUID application, String stream, Consumer<PreviewReader> whenClosed) {
        this.application = application;
        this.stream = stream;
        this.whenClosed = whenClosed;
    }

    UUID application() {
        return application;
    }

    String stream() {
        return stream;
    }

    /** One that is no JSON object, or too large, is left out. */
    void add(JsonNode row) {
        String text = row.isObject() ? row.toString() : "";
        String line = text.isEmpty() || text.length() > MOST_ROW ? null : text;
        lock.lock();
        try {
            if (line == null) {
                dropped++;
            } else {
                rows.add(line);
                chars += line.length();
                while (chars > MOST_CHARS) {
                    chars -= rows.remove().length();
                    dropped++;
                }
            }
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** @param permission what the reader needs, which is asked for again now and then; throws where it has it no more */
    void run(OutputStream out, RequestContext asked, Consumer<RequestContext> permission) throws IOException {
        RequestContext context = asked;
        write(out, "retry: 1000\n\n");
        long end = System.nanoTime() + LONGEST.toNanos();
        long recheck = System.nanoTime() + RECHECK.toNanos();
        long heartbeat = System.nanoTime() + HEARTBEAT.toNanos();
        try {
            while (System.nanoTime() < end) {
                String events = next(Math.min(recheck, heartbeat) - System.nanoTime());
                if (events == null) {
                    return;
                }
                if (System.nanoTime() >= recheck) {
                    context = context.renewed();
                    permission.accept(context);
                    recheck = System.nanoTime() + RECHECK.toNanos();
                }
                if (events.isEmpty() && System.nanoTime() < heartbeat) {
                    continue;
                }
                write(out, events.isEmpty() ? ":\n\n" : events);
                heartbeat = System.nanoTime() + HEARTBEAT.toNanos();
            }
        } catch (AwsException e) {
            write(out, "event: problem\ndata: " + Problems.text(e, context.requestId()) + "\n\n");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        whenClosed.accept(this);
    }

    /** What there is to say; empty where nothing came in the time, null where it is to end. */
    @Nullable
    String next(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long rest = nanos;
            while (rows.isEmpty() && dropped == 0 && !stopped && rest > 0) {
                rest = something.awaitNanos(rest);
            }
            if (stopped) {
                return null;
            }
            StringBuilder events = new StringBuilder();
            if (dropped > 0) {
                events.append("event: dropped\ndata: {\"rows\":")
                        .append(dropped)
                        .append("}\n\n");
                dropped = 0;
            }
            for (String row : rows) {
                events.append("data: ").append(row).append("\n\n");
            }
            rows.clear();
            chars = 0;
            return events.toString();
        } finally {
            lock.unlock();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
