package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;

/**
 * Reads a shard's records, from its segments or, those that are in none yet, from the journal. What lies where may change
 * while it is read (segments take the journal's place, old ones are dropped): then it is looked up again, so only a place
 * that still holds the data by all accounts is reported as damaged. Safe for use by many threads.
 */
final class ShardReader {

    private static final long FILLED = -1;

    private final Journal journal;
    private final SegmentFiles files;
    private final DamageReports damage;
    private final int interval;
    private final int salt;

    ShardReader(Journal journal, SegmentFiles files, DamageReports damage, int interval, int salt) {
        this.journal = journal;
        this.files = files;
        this.damage = damage;
        this.interval = interval;
        this.salt = salt;
    }

    void read(Shard shard, long fromOffset, long fromTimestamp, int maxBytes, ReadChunk chunk) throws IOException {
        long offset = Math.max(fromOffset, shard.firstOffset());
        while (offset < shard.readableEnd()) {
            Segment segment = shard.segmentFor(offset);
            long next = segment == null
                    ? readTail(shard, offset, fromTimestamp, maxBytes, chunk)
                    : readSegment(shard, segment, offset, fromTimestamp, maxBytes, chunk);
            if (next == FILLED) {
                if (chunk.firstTimestamp() >= fromTimestamp) {
                    return;
                }
                next = Math.max(offset + 1, offsetAt(shard, fromTimestamp));
            }
            offset = Math.max(next, shard.firstOffset());
        }
        chunk.nothing(offset);
    }

    private long readSegment(
            Shard shard, Segment segment, long offset, long fromTimestamp, int maxBytes, ReadChunk chunk)
            throws IOException {
        try {
            OpenSegment open = files.open(shard.number, segment);
            long position = index(shard, segment, open).floor(offset);
            return readSegment(shard, segment, open.file(), position, offset, fromTimestamp, maxBytes, chunk);
        } catch (ClosedChannelException | NoSuchFileException e) {
            files.forget(shard.number, segment.baseOffset());
            return afterMissing(shard, segment, offset, e);
        }
    }

    /** Where to go on when a segment's file was closed, or is not there. */
    private long afterMissing(Shard shard, Segment segment, long offset, IOException reason) {
        if (reason instanceof NoSuchFileException && shard.segmentFor(offset) == segment) {
            damage.report(files.path(shard.number, segment.baseOffset()).toString(), 0, "the file is missing");
            return segment.endOffset();
        }
        return offset;
    }

    private SegmentIndex index(Shard shard, Segment segment, OpenSegment open) throws IOException {
        SegmentIndex index = open.index();
        if (index == null) {
            index = shard.openIndex(segment, interval);
            if (segment.length() - index.indexedTo() > 2L * interval) {
                index.extend(open.file(), segment.length(), shard.number, salt);
            }
        }
        return index;
    }

    private long readSegment(
            Shard shard,
            Segment segment,
            DiskFile file,
            long from,
            long offset,
            long fromTimestamp,
            int maxBytes,
            ReadChunk chunk)
            throws IOException {
        long position = from;
        long bytes = (long) maxBytes + interval;
        while (position < segment.length()) {
            ByteBuffer buffer = chunk.buffer((int) Math.min(bytes, segment.length() - position));
            buffer.limit(file.read(buffer, position));
            if (buffer.limit() == 0) {
                report(shard, segment, position);
                break;
            }
            switch (chunk.take(shard.number, offset, fromTimestamp, maxBytes, salt)) {
                case RECORDS -> {
                    return FILLED;
                }
                case NOTHING -> position += chunk.stoppedAt();
                case CUT -> {
                    position += chunk.stoppedAt();
                    if (chunk.needed() > segment.length() - position) {
                        report(shard, segment, position);
                        return segment.endOffset();
                    }
                    bytes = Math.max(bytes, chunk.needed());
                }
                case DAMAGE -> {
                    position += chunk.stoppedAt();
                    report(shard, segment, position);
                    if (chunk.stoppedAtHeader(shard.number, salt)) {
                        position += chunk.stoppedLength();
                    } else {
                        position = afterDamage(shard, segment, file, position);
                    }
                }
            }
        }
        return Math.max(offset + 1, segment.endOffset());
    }

    private void report(Shard shard, Segment segment, long position) {
        damage.report(
                files.path(shard.number, segment.baseOffset()).toString(), position, "a batch of records is left out");
    }

    private long afterDamage(Shard shard, Segment segment, DiskFile file, long position) throws IOException {
        BatchScan scan = new BatchScan(file, position + 8, segment.length(), shard.number, salt);
        return scan.next() ? scan.position() : segment.length();
    }

    private long readTail(Shard shard, long offset, long fromTimestamp, int maxBytes, ReadChunk chunk)
            throws IOException {
        TailRun run = chunk.run();
        shard.copyTail(offset, maxBytes, run);
        if (run.size() == 0) {
            return shard.segmentFor(offset) != null ? offset : shard.readableEnd();
        }
        int first = 0;
        int bytes = run.bytes(0, run.size());
        ByteBuffer buffer = chunk.buffer(bytes);
        while (first < run.size()) {
            int count = run.adjacent(first, bytes);
            buffer.limit(buffer.position() + run.bytes(first, count));
            if (!journal.read(run.generation(first), run.position(first), buffer) || buffer.hasRemaining()) {
                return Math.max(offset, afterDamage(shard, run, first));
            }
            first += count;
        }
        int good = chunk.keepAsLongAsIn(run);
        if (good == 0) {
            return Math.max(offset, afterDamage(shard, run, 0));
        }
        return switch (chunk.take(shard.number, offset, fromTimestamp, Integer.MAX_VALUE, salt)) {
            case RECORDS -> FILLED;
            case NOTHING -> Math.max(offset, shard.tailOffsetAfter(run, good - 1));
            case CUT, DAMAGE -> Math.max(offset, afterDamage(shard, run, run.indexAt(chunk.stoppedAt())));
        };
    }

    private boolean read(int generation, int position, ByteBuffer buffer) throws IOException {
        try {
            return journal.read(generation, position, buffer) && !buffer.hasRemaining();
        } catch (ClosedChannelException e) {
            return false;
        }
    }

    /** Reports a batch, unless it is not in the journal any more: then what was read is not it. */
    private long afterDamage(Shard shard, TailRun run, int index) {
        long next = shard.tailOffsetAfter(run, index);
        if (next != Shard.MOVED) {
            damage.report(
                    "journal", run.baseOffset(index), "a batch of records of shard " + shard.number + " is left out");
        }
        return next;
    }

    /** The offset of the first readable record that arrived at or after the time, else the end. */
    long offsetAt(Shard shard, long timestamp) throws IOException {
        while (true) {
            Segment segment = shard.segmentForTime(timestamp);
            if (segment == null) {
                long offset = shard.tailOffsetAt(timestamp);
                if (offset != Shard.MOVED) {
                    return offset;
                }
                continue;
            }
            try {
                OpenSegment open = files.open(shard.number, segment);
                long position = index(shard, segment, open).floorByTime(timestamp);
                BatchScan scan = new BatchScan(open.file(), position, segment.length(), shard.number, salt);
                while (scan.next()) {
                    if (scan.timestamp() >= timestamp) {
                        return Math.max(scan.baseOffset(), shard.firstOffset());
                    }
                }
                return segment.endOffset();
            } catch (ClosedChannelException | NoSuchFileException e) {
                files.forget(shard.number, segment.baseOffset());
                if (shard.segmentForTime(timestamp) == segment && e instanceof NoSuchFileException) {
                    return segment.endOffset();
                }
            }
        }
    }
}
