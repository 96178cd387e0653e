package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    private static final int BUFFER = 4 << 20;
    private static final int WAVE = 128;
    private static final int WORTH_A_FORCE = 1 << 20;
    private static final long TICK_MILLIS = 500;

    private final Disk disk;
    private final LogSettings settings;
    private final ShardTable shards;
    private final Journal journal;
    private final SegmentFiles files;
    private final DamageReports damage;
    private final BufferPool pool;
    private final int salt;
    private final ForcePool forces = new ForcePool();
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition finished = lock.newCondition();
    private boolean closed;
    private boolean checkpointWanted;
    private long flushesWanted;
    private long flushesDone;

    private final TailRun run = new TailRun();
    private long flushedLsn;
    private long flushedAt = System.nanoTime();
    private volatile boolean failing;

    WriteBehind(
            Disk disk,
            LogSettings settings,
            ShardTable shards,
            Journal journal,
            SegmentFiles files,
            DamageReports damage,
            BufferPool pool,
            int salt,
            long flushedLsn) {
        this.disk = disk;
        this.settings = settings;
        this.shards = shards;
        this.journal = journal;
        this.files = files;
        this.damage = damage;
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
        flushOrTellWhy();
        forces.close();
    }

    private long awaitTick() {
        lock.lock();
        try {
            if (!closed && flushesDone == flushesWanted) {
                changed.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
            }
            return closed ? -1 : flushesWanted;
        } catch (InterruptedException e) {
            return flushesWanted;
        } finally {
            lock.unlock();
        }
    }

    private void work(long ticket) {
        if (ticket > flushesDone || isFlushDue()) {
            flushOrTellWhy();
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
        return full > 0 && (full >= settings.journalFiles() / 2 || journal.isExhausted() || isWorthwhile());
    }

    private boolean isWorthwhile() {
        long bytes = 0;
        int touched = 0;
        for (Shard shard : shards.all()) {
            long tail = shard.tailBytes();
            bytes += tail;
            touched += tail > 0 ? 1 : 0;
        }
        return touched > 0 && bytes / touched >= WORTH_A_FORCE;
    }

    private void flushOrTellWhy() {
        try {
            flushUpTo(journal.committed());
            journal.starved(null);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOGGER.log(System.Logger.Level.ERROR, "Segments cannot be written; this is tried until it succeeds", e);
            }
            failing = true;
            journal.starved(e);
        } catch (RuntimeException | Error e) {
            LOGGER.log(System.Logger.Level.ERROR, "Segments cannot be written", e);
            failing = true;
            journal.starved(new IOException("Segments cannot be written: " + e, e));
        }
    }

    private void flushUpTo(JournalPosition cut) throws IOException {
        boolean idle = journal.fullFiles() == 0;
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        List<SegmentWriter> wave = new ArrayList<>();
        try {
            for (Shard shard : shards.all()) {
                if (shard.tailCountBefore(cut) > 0) {
                    shard.files.lock();
                    SegmentWriter writer = new SegmentWriter(disk, files, journal, damage, settings, salt, shard);
                    wave.add(writer);
                    writer.write(cut, run, buffer);
                    if (wave.size() == WAVE) {
                        finish(wave);
                    }
                }
            }
            finish(wave);
        } finally {
            abandon(wave);
        }
        writeCheckpoint(cut.lsn());
        flushedLsn = cut.lsn();
        flushedAt = System.nanoTime();
        journal.letGo(cut);
        if (idle) {
            pool.trim();
        }
    }

    private void finish(List<SegmentWriter> wave) throws IOException {
        List<DiskFile> written = new ArrayList<>();
        Set<Path> folders = new LinkedHashSet<>();
        for (SegmentWriter writer : wave) {
            written.addAll(writer.written());
            folders.addAll(writer.changedFolders());
        }
        forces.force(written);
        forces.forceFolders(disk, folders);
        for (SegmentWriter writer : wave) {
            writer.finish();
            letGo(writer);
        }
        wave.clear();
    }

    private static void abandon(List<SegmentWriter> wave) {
        for (SegmentWriter writer : wave) {
            writer.abandon();
            letGo(writer);
        }
    }

    private static void letGo(SegmentWriter writer) {
        writer.shard().files.unlock();
        for (DiskFile file : writer.written()) {
            try {
                file.close();
            } catch (IOException e) {
                LOGGER.log(System.Logger.Level.WARNING, "A segment could not be closed", e);
            }
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

    boolean isFailing() {
        return failing;
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
