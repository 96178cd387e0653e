package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the segments hold for sure, and from which frame on the journal must be replayed over them. Written to a file of
 * another name that then takes the old one's place, so there is always a whole one.
 *
 * <pre>
 *  0  long  magic, "RIACHOCP"
 *  8  int   format version
 * 12  int   the log's salt, see {@link BatchFormat}
 * 16  long  lsn of the first frame to replay
 * 24  int   highest generation of a journal file so far
 * 28  int   count of shards
 * 32  shards, each: number, first offset, end offset, last timestamp (longs), count of segments (int), segments
 *     a segment: base offset, end offset, length, first timestamp, last timestamp (longs), 1 if closed (byte)
 *     int   CRC32C of everything before
 * </pre>
 */
record LogCheckpoint(int salt, long lsn, int generation, List<ShardState> shards) {

    static final String NAME = "checkpoint";
    static final long MAGIC = 0x524941_43484f_4350L;

    private static final int VERSION = 8;
    private static final int HEADER_BYTES = 32;
    private static final int SHARD_BYTES = 36;
    private static final int SEGMENT_BYTES = 41;

    /** A shard's segments, and what they end with. */
    record ShardState(long number, long firstOffset, long endOffset, long timestamp, List<Segment> segments) {}

    static LogCheckpoint of(int salt, long lsn, int generation, Collection<Shard> shards) {
        List<ShardState> states = new ArrayList<>();
        for (Shard shard : shards) {
            ShardState state = shard.state();
            if (state != null) {
                states.add(state);
            }
        }
        return new LogCheckpoint(salt, lsn, generation, states);
    }

    /** Null where there is none, or a damaged one. An older version's is written anew: older releases refuse the log then. */
    static @Nullable LogCheckpoint read(Disk disk, Path folder, DamageReports damage) throws IOException {
        Path path = folder.resolve(NAME);
        if (!disk.exists(path)) {
            return null;
        }
        try (DiskFile file = disk.open(path)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) file.size());
            buffer.limit(file.read(buffer, 0));
            LogCheckpoint checkpoint = decode(buffer, path);
            if (checkpoint == null) {
                damage.report(path.toString(), 0, "the segments are looked through instead");
            } else if (buffer.getInt(VERSION) < FormatVersion.CURRENT) {
                checkpoint.write(disk, folder);
            }
            return checkpoint;
        }
    }

    /** Null where there is none, or a damaged one. Changes nothing. */
    static @Nullable LogCheckpoint read(Disk disk, Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        if (!disk.exists(path)) {
            return null;
        }
        try (DiskFile file = disk.open(path)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) file.size());
            buffer.limit(file.read(buffer, 0));
            return decode(buffer, path);
        }
    }

    static @Nullable LogCheckpoint decode(ByteBuffer buffer, Path path) {
        if (buffer.limit() < HEADER_BYTES + 4 || buffer.getLong(0) != MAGIC) {
            return null;
        }
        FormatVersion.check(path, buffer.getInt(VERSION));
        int end = buffer.limit() - 4;
        if (buffer.getInt(end) != Checksum.of(buffer, 0, end)) {
            return null;
        }
        buffer.position(12);
        int salt = buffer.getInt();
        long lsn = buffer.getLong();
        int generation = buffer.getInt();
        int count = buffer.getInt();
        List<ShardState> shards = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            shards.add(new ShardState(
                    buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong(), segments(buffer)));
        }
        return new LogCheckpoint(salt, lsn, generation, shards);
    }

    private static List<Segment> segments(ByteBuffer buffer) {
        int count = buffer.getInt();
        List<Segment> segments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            segments.add(new Segment(
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.get() == 1));
        }
        return segments;
    }

    ByteBuffer encode() {
        int size = HEADER_BYTES + 4;
        for (ShardState shard : shards) {
            size += SHARD_BYTES + shard.segments().size() * SEGMENT_BYTES;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        buffer.putLong(MAGIC).putInt(FormatVersion.CURRENT).putInt(salt).putLong(lsn);
        buffer.putInt(generation).putInt(shards.size());
        for (ShardState shard : shards) {
            buffer.putLong(shard.number()).putLong(shard.firstOffset()).putLong(shard.endOffset());
            buffer.putLong(shard.timestamp()).putInt(shard.segments().size());
            for (Segment segment : shard.segments()) {
                buffer.putLong(segment.baseOffset())
                        .putLong(segment.endOffset())
                        .putLong(segment.length());
                buffer.putLong(segment.firstTimestamp()).putLong(segment.lastTimestamp());
                buffer.put((byte) (segment.closed() ? 1 : 0));
            }
        }
        buffer.putInt(Checksum.of(buffer, 0, buffer.position()));
        return buffer.flip();
    }

    void write(Disk disk, Path folder) throws IOException {
        Path fresh = folder.resolve(NAME + ".new");
        try (DiskFile file = disk.create(fresh)) {
            file.write(encode(), 0);
            file.force();
        }
        disk.rename(fresh, folder.resolve(NAME));
        disk.forceFolder(folder);
    }
}
