package io.riacho.firehose.delivery;

import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.firehose.source.SourceException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a shard, whatever becomes of its source: where that cannot be read this says so, waits, and goes on behind what was
 * read last. What was read before is delivered meanwhile. Used by one thread; {@link #close} may come from another.
 */
final class ShardReading implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ShardReading.class);

    /** After so many reads that bring nothing, but do not fail either, the source is taken for one that works again. */
    private static final int QUIET_READS = 2;

    /** When many shards are begun at once, one asks who the source is. */
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final StreamDelivery stream;
    private final String shard;
    private final Backoff backoff = new Backoff();
    private String from;
    private int quietReads;
    /** Until then it was read without a failure, or not at all. */
    private long workedUntil;

    private volatile @Nullable ShardReader reader;
    private volatile boolean closed;

    /** @param checkpoint a position, or where a source begins */
    ShardReading(StreamDelivery stream, String shard, String checkpoint) {
        this.stream = stream;
        this.shard = shard;
        this.from = checkpoint;
        this.workedUntil = System.nanoTime() - FRESH;
    }

    /** What comes next; null where nothing came in that time, or nothing can be read now. */
    @Nullable
    SourceBatch read(Duration patience) throws InterruptedException {
        try {
            stream.guard().require();
            SourceBatch batch = open().read(patience);
            succeeded(batch);
            return batch;
        } catch (SourceException e) {
            closeReader();
            failed(e);
            Thread.sleep(backoff.next());
            return null;
        }
    }

    @Override
    public void close() {
        closed = true;
        closeReader();
    }

    private ShardReader open() throws SourceException, InterruptedException {
        ShardReader current = reader;
        if (current != null) {
            return current;
        }
        stream.guard().check(workedUntil);
        ShardReader opened = stream.setup().source().open(shard, from);
        reader = opened;
        if (closed) {
            opened.close();
            throw new InterruptedException("closed");
        }
        return opened;
    }

    private void succeeded(@Nullable SourceBatch batch) {
        if (batch != null && batch.position() != null) {
            from = batch.position().toString();
        }
        if (backoff.failures() > 0 && (batch != null || ++quietReads >= QUIET_READS)) {
            backoff.reset();
            tell(stream::recovered);
        }
    }

    private void failed(SourceException e) {
        quietReads = 0;
        workedUntil = System.nanoTime();
        log.warn("{} cannot read {}: {}", stream.title(), shard, e.getMessage());
        stream.activity().failed(shard, stream.now(), e.code(), e.getMessage());
        tell(() -> stream.stalled(e.getMessage()));
    }

    /** Where it cannot be said, it is said the next time. */
    private void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            log.warn("It cannot be told how {} fares", stream.title(), e);
        }
    }

    private void closeReader() {
        ShardReader current = reader;
        reader = null;
        if (current != null) {
            current.close();
        }
    }
}
