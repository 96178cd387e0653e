package io.riacho.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The log in files of this machine. A journal that all shards share makes appends durable with one force for all that
 * wait; behind it the records are copied to segments, a folder for each shard:
 *
 * <pre>
 * lock                                     held while the log is open
 * checkpoint                               {@link LogCheckpoint}
 * journal/0000.journal …                   {@link JournalFile}
 * shards/17/00000000000000000000.segment   {@link SegmentFormat}
 * shards/17/00000000000000000000.index     {@link SegmentIndex}
 * </pre>
 */
public final class EmbeddedShardLog implements ShardLog {

    private final FolderLock folderLock;
    private final ShardTable shards;
    private final Journal journal;
    private final JournalSupply supply;
    private final AppendEncoder encoder;
    private final GroupCommit commits;
    private final JournalKeeper keeper;
    private final SegmentFiles files;
    private final WriteBehind writeBehind;
    private final Retention retention;
    private final ShardReader reader;
    private final DamageReports damage;
    private final Watchers watchers = new Watchers();
    private final OpeningKeys openingKeys;
    private volatile boolean closed;

    /**
     * Opens the log in a folder, or makes one there.
     *
     * @throws LogFailedException if the folder is in use, of a later release, or cannot be read
     */
    public static EmbeddedShardLog open(LogSettings settings) {
        return open(settings, new RealDisk());
    }

    static EmbeddedShardLog open(LogSettings settings, Disk disk) {
        Path folder = settings.folder();
        try {
            disk.createFolder(folder);
            FolderLock lock = FolderLock.of(folder);
            try {
                return new EmbeddedShardLog(settings, disk, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LogFailedException("The log in " + folder.toAbsolutePath() + " cannot be opened: " + e, e);
        }
    }

    private EmbeddedShardLog(LogSettings settings, Disk disk, FolderLock lock) throws IOException {
        folderLock = lock;
        shards = new ShardTable();
        damage = new DamageReports();
        openingKeys = settings.openingKeys();
        Recovery.Found found = new Recovery(disk, settings.folder(), shards, damage).recover();
        int salt = found.salt();
        BufferPool pool = new BufferPool(settings.bufferBytes());
        encoder = new AppendEncoder(shards, pool, Journal.largestPayload(settings));
        supply = new JournalSupply(disk, settings, found.journal());
        journal = new Journal(settings, salt, found.journal(), supply);
        files = new SegmentFiles(
                disk,
                Recovery.shardsFolder(settings.folder()),
                settings.indexInterval(),
                salt,
                settings.openSegments());
        reader = new ShardReader(journal, files, damage, settings.indexInterval(), salt);
        SegmentCopy copy = new SegmentCopy(disk, settings, shards, journal, files, damage, salt);
        writeBehind = new WriteBehind(disk, settings, shards, journal, supply, copy, pool, salt, found.lsn());
        retention = new Retention(disk, files, writeBehind, salt);
        keeper = new JournalKeeper(journal, supply);
        commits = new GroupCommit(journal, settings.clock(), settings.commitBytes(), salt);
        journal.onFileWanted(() -> {
            keeper.wake();
            writeBehind.wake();
        });
        keeper.start();
        writeBehind.start();
        commits.start();
    }

    @Override
    public CompletableFuture<Appended> append(Append append) {
        if (append.size() == 0) {
            return CompletableFuture.completedFuture(new Appended(new long[0], 0));
        }
        if (closed) {
            return CompletableFuture.failedFuture(new LogFailedException("The log is closed"));
        }
        EncodedAppend encoded = encoder.encode(append);
        commits.submit(encoded);
        return encoded.future();
    }

    @Override
    public LogChunk newChunk() {
        return new ReadChunk(openingKeys);
    }

    @Override
    public void read(long shard, long fromOffset, long fromTimestamp, int maxBytes, LogChunk chunk) {
        if (!(chunk instanceof ReadChunk into)) {
            throw new IllegalArgumentException("The chunk is another log's");
        }
        Shard known = known(shard);
        if (known == null) {
            into.nothing(Math.max(0, fromOffset));
            return;
        }
        try {
            reader.read(known, fromOffset, fromTimestamp, Math.max(1, maxBytes), into);
        } catch (IOException e) {
            throw new LogFailedException("Shard " + shard + " cannot be read: " + e, e);
        }
    }

    private @Nullable Shard known(long shard) {
        if (closed) {
            throw new LogFailedException("The log is closed");
        }
        return shards.get(shard);
    }

    @Override
    public long firstOffset(long shard) {
        Shard known = known(shard);
        return known == null ? 0 : known.firstOffset();
    }

    @Override
    public long endOffset(long shard) {
        Shard known = known(shard);
        return known == null ? 0 : known.readableEnd();
    }

    @Override
    public long offsetAt(long shard, long timestamp) {
        Shard known = known(shard);
        try {
            return known == null ? 0 : reader.offsetAt(known, timestamp);
        } catch (IOException e) {
            throw new LogFailedException("Shard " + shard + " cannot be read: " + e, e);
        }
    }

    @Override
    public CompletableFuture<Long> seal(long shard) {
        Seal seal = new Seal(shards.getOrMake(shard), true);
        commits.submit(seal);
        return seal.future();
    }

    @Override
    public void unseal(long shard) {
        commits.submit(new Seal(shards.getOrMake(shard), false));
    }

    @Override
    public Watching onReadable(long shard, Runnable action) {
        return watchers.watch(shards.getOrMake(shard), action);
    }

    @Override
    public void dropBefore(long shard, long timestamp) {
        Shard known = known(shard);
        if (known == null) {
            return;
        }
        try {
            retention.dropBefore(known, timestamp);
        } catch (IOException e) {
            throw new LogFailedException("Old records of shard " + shard + " cannot be dropped: " + e, e);
        }
    }

    @Override
    public void delete(long shard) {
        Shard known = known(shard);
        if (known == null || known.isDeleted()) {
            return;
        }
        Deletion deletion = new Deletion(known);
        commits.submit(deletion);
        try {
            deletion.future().join();
            retention.deleteFiles(known);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } catch (IOException e) {
            throw new LogFailedException("The files of shard " + shard + " cannot be deleted: " + e, e);
        }
    }

    @Override
    public long sizeInBytes(long shard) {
        Shard known = known(shard);
        return known == null ? 0 : known.sizeInBytes();
    }

    /** Copies what is only in the journal to the segments now, rather than in a while. */
    public void flush() {
        writeBehind.flush();
    }

    public LogStatistics statistics() {
        long known = 0;
        long segments = 0;
        long bytes = 0;
        for (Shard shard : shards.all()) {
            if (!shard.isDeleted()) {
                known++;
                segments += shard.segments().length;
                bytes += shard.sizeInBytes();
            }
        }
        ForceTimes forces = journal.forces();
        return new LogStatistics(
                commits.commits(),
                commits.committedBytes(),
                commits.committedRecords(),
                damage.count(),
                journal.bytesInUse(),
                known,
                segments,
                bytes,
                new LogStatistics.Forces(forces.count(), forces.nanos(), forces.longestNanos()),
                isWritable());
    }

    /** The numbers of all shards that have records, or had. */
    public LongStream shards() {
        return shards.all().stream().filter(shard -> !shard.isDeleted()).mapToLong(shard -> shard.number);
    }

    /** Whether an append that is made now is likely to succeed. */
    public boolean isWritable() {
        return condition() == LogCondition.WRITABLE;
    }

    /** As far as is known without trying; see {@link #probe}. */
    public LogCondition condition() {
        if (commits.isBroken()) {
            return LogCondition.BROKEN;
        }
        if (closed) {
            return LogCondition.CLOSED;
        }
        if (!folderLock.isHeld()) {
            return LogCondition.LOCK_LOST;
        }
        IOException reason = supply.reasonToFail();
        if (reason != null) {
            return NoRoom.isReasonOf(reason) ? LogCondition.NO_ROOM : LogCondition.FAILED;
        }
        return journal.isFailed() ? LogCondition.FAILED : LogCondition.WRITABLE;
    }

    /**
     * Finds out how the log is, behind the appends that wait now: after a failure of the disk, by trying again. For health
     * checks, which limit the time for it themselves: a disk that does not come back holds it up.
     *
     * @return never failed
     */
    public CompletableFuture<LogCondition> probe() {
        Probe probe = new Probe();
        commits.submit(probe);
        return probe.future().thenApply(_ -> condition());
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        commits.close();
        watchers.close();
        writeBehind.close();
        keeper.close();
        files.close();
        try (folderLock) {
            journal.close();
        } catch (IOException e) {
            throw new LogFailedException("The log could not be closed: " + e, e);
        }
    }
}
