package io.riacho.protocol.audit;

import io.riacho.protocol.AwsException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines to the file on a thread of its own. A line that cannot be written is tried until it can; meanwhile the
 * queue fills, and then lines are lost, which is logged and noted in the file.
 */
final class AuditWriter implements AuditSink {

    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final int QUEUE_LINES = 4096;
    private static final long PATIENCE_MILLIS = 2_000;
    private static final long RETRY_MILLIS = 1_000;
    private static final long CLOSING_MILLIS = 10_000;
    private static final long COMPLAINT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final AuditFile file;
    private final boolean isRequired;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE_LINES);
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private volatile boolean isFailing;
    private volatile boolean isClosing;
    private long complainedAt = System.nanoTime() - COMPLAINT_NANOS;

    /**
     * @param isRequired whether changes that cannot be audited are refused
     * @throws IllegalStateException where they are, and nothing can be written
     */
    AuditWriter(AuditFile file, boolean isRequired) {
        this.file = file;
        this.isRequired = isRequired;
        if (!file.open()) {
            if (isRequired) {
                throw new IllegalStateException("The audit log cannot be written: " + file.failure());
            }
            failed();
        }
        thread = Thread.ofPlatform().name("audit-log").daemon().start(this::run);
    }

    @Override
    public void keep(String line) {
        put(new Entry(line, null));
    }

    @Override
    public void keepSurely(String line) {
        if (!isRequired) {
            keep(line);
            return;
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        put(new Entry(line, written));
        try {
            written.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    @Override
    public void offer(String line) {
        if (!queue.offer(new Entry(line, null))) {
            lost.incrementAndGet();
        }
    }

    @Override
    public void requireReady() {
        if (isRequired && (isFailing || queue.remainingCapacity() == 0)) {
            throw unavailable();
        }
    }

    /** Nobody may keep more lines once this is called. */
    @Override
    public void close() {
        isClosing = true;
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long remaining = lost.get() + queue.size();
        if (remaining > 0) {
            LOG.error("{} lines of the audit log were lost", remaining);
        }
    }

    boolean isFailing() {
        return isFailing;
    }

    private void put(Entry entry) {
        boolean taken;
        try {
            taken = queue.offer(entry, isFailing ? 0 : PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            taken = queue.offer(entry);
        }
        if (!taken) {
            lost.incrementAndGet();
            if (entry.written() != null) {
                entry.written().completeExceptionally(new TimeoutException());
            }
        }
    }

    private void run() {
        try {
            while (!isClosing || !queue.isEmpty()) {
                Entry entry = queue.poll(100, TimeUnit.MILLISECONDS);
                if (entry != null) {
                    write(entry);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            file.close();
        }
    }

    private void write(Entry entry) throws InterruptedException {
        while (!isWritten(entry.line())) {
            failed();
            if (isClosing) {
                lost.incrementAndGet();
                return;
            }
            Thread.sleep(RETRY_MILLIS);
        }
        if (isFailing) {
            LOG.info("The audit log is written again");
            isFailing = false;
        }
        if (entry.written() != null) {
            entry.written().complete(null);
        }
        long gone = lost.getAndSet(0);
        if (gone > 0 && !isWritten(AuditLines.lost(gone))) {
            lost.addAndGet(gone);
        }
    }

    private boolean isWritten(String line) {
        try {
            return file.write(line);
        } catch (RuntimeException e) {
            LOG.error("The audit log failed", e);
            return false;
        }
    }

    private void failed() {
        isFailing = true;
        long now = System.nanoTime();
        if (now - complainedAt >= COMPLAINT_NANOS) {
            complainedAt = now;
            LOG.error(
                    "The audit log cannot be written: {}; {} lines wait, {} are lost",
                    file.failure(),
                    queue.size(),
                    lost);
        }
    }

    private static AwsException unavailable() {
        return AwsException.of(
                "ServiceUnavailable", 503, "The audit log cannot be written, without which nothing may be changed.");
    }

    /** @param written completed once the line is in the file; null where nobody waits for that */
    private record Entry(String line, @Nullable CompletableFuture<Void> written) {}
}
