package io.riacho.log;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Copies what is in the journal alone to the segments, forces them, writes a checkpoint, and lets the journal's files go.
 * One thread of its own.
 *
 * <p>Each shard that is touched costs a force, so with many shards it waits until there is more for each; with few, it
 * starts with each full journal file. A failure, a full disk above all, is tried again until it succeeds; nothing is let
 * go before.
 */
final class WriteBehind implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(WriteBehind.class.getName());
    private static final int WORTH_A_FORCE = 1 << 20;
    private static final long TICK_MILLIS = 500;

    private final Disk disk;
    private final LogSettings settings;
    private final ShardTable shards;
    private final Journal journal;
    private final JournalSupply supply;
    private final SegmentCopy copy;
    private final BufferPool pool;
    private final int salt;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition finished = lock.newCondition();
    private boolean closed;
    private boolean woken;
    private boolean checkpointWanted;
    private long flushesWanted;
    private long flushesDone;

    private long flushedLsn;
    private long flushedAt = System.nanoTime();
    private boolean failing;

    WriteBehind(
            Disk disk,
            LogSettings settings,
            ShardTable shards,
            Journal journal,
            JournalSupply supply,
            SegmentCopy copy,
            BufferPool pool,
            int salt,
            long flushedLsn) {
        this.disk = disk;
        this.settings = settings;
        this.shards = shards;
        this.journal = journal;
        this.supply = supply;
        this.copy = copy;
        this.pool = pool;
        this.salt = salt;
        this.flushedLsn = flushedLsn;
        this.thread = Thread.ofPlatform().name("log-write-behind").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Something may be to do now. Does not block. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** A checkpoint is to be written soon. */
    void checkpoint() {
        lock.lock();
        try {
            checkpointWanted = true;
        } finally {
            lock.unlock();
        }
    }

    /** Copies everything that is readable now to segments; returns when that is done, or has failed. */
    void flush() {
        lock.lock();
        try {
            long ticket = ++flushesWanted;
            changed.signal();
            while (flushesDone < ticket && !closed) {
                finished.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            long ticket = awaitTick();
            if (ticket < 0) {
                break;
            }
            work(ticket);
            lock.lock();
            try {
                flushesDone = ticket;
                finished.signalAll();
            } finally {
                lock.unlock();
            }
        }
        flushOrTellWhy(journal.committed());
        copy.close();
    }

    private long awaitTick() {
        lock.lock();
        try {
            if (!closed && !woken && flushesDone == flushesWanted) {
                changed.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
            }
            woken = false;
            return closed ? -1 : flushesWanted;
        } catch (InterruptedException e) {
            return flushesWanted;
        } finally {
            lock.unlock();
        }
    }

    private void work(long ticket) {
        if (ticket > flushesDone) {
            flushOrTellWhy(journal.committed());
        } else if (isFlushDue()) {
            flushOrTellWhy(isOverdue() ? journal.committed() : journal.committed(filesWorthIt()));
        } else if (checkpointWanted) {
            try {
                writeCheckpoint(flushedLsn);
            } catch (IOException e) {
                LOGGER.log(System.Logger.Level.WARNING, "The checkpoint cannot be written", e);
            }
        }
    }

    private boolean isFlushDue() {
        JournalPosition committed = journal.committed();
        if (committed.lsn() == flushedLsn) {
            flushedAt = System.nanoTime();
            return false;
        }
        if (failing
                || System.nanoTime() - flushedAt >= settings.writeBehindDelay().toNanos()) {
            return true;
        }
        int full = journal.fullFiles();
        return full > 0 && (full >= filesWorthIt() || supply.isExhausted());
    }

    private boolean isOverdue() {
        return System.nanoTime() - flushedAt >= settings.writeBehindDelay().toNanos();
    }

    /** How many journal files to copy at once, so that each shard they touch gets enough to be worth its force. */
    private int filesWorthIt() {
        long touched = 0;
        for (Shard shard : shards.all()) {
            touched += shard.tailBytes() > 0 ? 1 : 0;
        }
        long bytes = touched * WORTH_A_FORCE;
        return (int) Math.clamp(bytes / settings.journalFileBytes(), 1, Math.max(1, settings.journalFiles() / 2));
    }

    private void flushOrTellWhy(JournalPosition cut) {
        try {
            flushUpTo(cut);
            supply.stuck(null);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOGGER.log(System.Logger.Level.ERROR, "Segments cannot be written; this is tried until it succeeds", e);
            }
            failing = true;
            supply.stuck(e);
        } catch (RuntimeException | Error e) {
            LOGGER.log(System.Logger.Level.ERROR, "Segments cannot be written", e);
            failing = true;
            supply.stuck(new IOException("Segments cannot be written: " + e, e));
        }
    }

    private void flushUpTo(JournalPosition cut) throws IOException {
        boolean idle = journal.fullFiles() == 0;
        copy.upTo(cut);
        writeCheckpoint(cut.lsn());
        flushedLsn = cut.lsn();
        flushedAt = System.nanoTime();
        journal.letGo(cut);
        wake();
        if (idle) {
            pool.trim();
        }
    }

    private void writeCheckpoint(long lsn) throws IOException {
        lock.lock();
        try {
            checkpointWanted = false;
        } finally {
            lock.unlock();
        }
        try {
            LogCheckpoint.of(salt, lsn, journal.generation(), shards.all()).write(disk, settings.folder());
        } catch (IOException e) {
            checkpoint();
            throw e;
        }
    }

    /** Ends the thread, after one more attempt to copy everything. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
            finished.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
