package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Copies the folder of an {@link EmbeddedShardLog} that may be open, in this process or in another, so that the copy opens
 * like a log after a crash. Every record that was acknowledged before the copy began is in it; of each shard's later ones
 * it has those up to some point.
 *
 * <p>The order makes it right. The checkpoint comes first: up to the lengths that it names, segments are not changed any
 * more. Then, at once, the journal from the frame on that the checkpoint asks for. Its files are used again, but only
 * behind a later checkpoint: where one was meanwhile, both are copied anew. Then there is time for the segments; those
 * that retention deletes before their turn are missing as they would be in the log.
 */
public final class LogCopy {

    private static final int ATTEMPTS = 50;
    private static final int BUFFER = 4 << 20;

    private final Path from;
    private final Path to;
    private final Disk disk;

    private LogCopy(Path from, Path to, Disk disk) {
        this.from = from;
        this.to = to;
        this.disk = disk;
    }

    /**
     * @param from a log's folder
     * @param to a folder that does not exist, or is empty
     * @throws IOException also where there is no log in the folder, or a damaged one
     */
    public static void copy(Path from, Path to) throws IOException {
        copy(from, to, new RealDisk());
    }

    static void copy(Path from, Path to, Disk disk) throws IOException {
        new LogCopy(from, to, disk).copy();
    }

    private void copy() throws IOException {
        disk.createFolder(to);
        if (!disk.list(to).isEmpty()) {
            throw new IOException("The folder " + to + " is not empty");
        }
        LogCheckpoint checkpoint = copyJournal();
        for (LogCheckpoint.ShardState shard : checkpoint.shards()) {
            copyShard(shard);
        }
        disk.createFolder(Recovery.shardsFolder(to));
        disk.forceFolder(Recovery.shardsFolder(to));
        disk.forceFolder(to);
    }

    private LogCheckpoint copyJournal() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            LogCheckpoint checkpoint = LogCheckpoint.read(disk, from);
            if (checkpoint == null && !disk.exists(from.resolve(LogCheckpoint.NAME))) {
                throw new IOException("There is no log in " + from);
            }
            // One that is replaced while it is read is read again.
            if (checkpoint != null && new JournalCopy(disk, from, to, checkpoint).copy()) {
                checkpoint.write(disk, to);
                return checkpoint;
            }
        }
        throw new IOException("The checkpoint or the journal in " + from
                + " is damaged, or the journal used again faster than it can be copied");
    }

    private void copyShard(LogCheckpoint.ShardState shard) throws IOException {
        String name = Long.toString(shard.number());
        Path source = Recovery.shardsFolder(from).resolve(name);
        Path target = Recovery.shardsFolder(to).resolve(name);
        disk.createFolder(target);
        for (Segment segment : shard.segments()) {
            String file = SegmentFormat.name(segment.baseOffset());
            if (copyFile(source.resolve(file), target.resolve(file), segment.length()) && segment.closed()) {
                String index = SegmentFormat.indexName(segment.baseOffset());
                copyFile(source.resolve(index), target.resolve(index), Long.MAX_VALUE);
            }
        }
        disk.forceFolder(target);
    }

    /** @return false where there is no such file any more */
    private boolean copyFile(Path source, Path target, long most) throws IOException {
        try (DiskFile in = disk.open(source)) {
            try (DiskFile out = disk.create(target)) {
                long length = Math.min(most, in.size());
                ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, length));
                for (long at = 0; at < length; at += buffer.limit()) {
                    buffer.clear().limit((int) Math.min(buffer.capacity(), length - at));
                    if (in.read(buffer, at) < buffer.limit()) {
                        throw new IOException(source + " became shorter while it was copied");
                    }
                    out.write(buffer.flip(), at);
                }
                out.force();
            }
            return true;
        } catch (IOException e) {
            if (disk.exists(source)) {
                throw e;
            }
            disk.delete(target);
            return false;
        }
    }
}
