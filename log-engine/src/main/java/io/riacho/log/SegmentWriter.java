package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Copies one shard's batches from the journal to its segments; closes segments by size and age. Nothing counts until the
 * files are forced and {@link #finish} is called; until then the shard's {@code files} lock is held.
 */
final class SegmentWriter {

    private final Disk disk;
    private final SegmentFiles files;
    private final Journal journal;
    private final DamageReports damage;
    private final LogSettings settings;
    private final int salt;
    private final Shard shard;
    private final CRC32C crc = new CRC32C();

    private final List<Segment> segments;
    private final List<DiskFile> written = new ArrayList<>();
    private final List<Path> changedFolders = new ArrayList<>();
    private @Nullable DiskFile file;
    private @Nullable SegmentIndex index;
    private Segment active;
    private boolean rolled;
    private int batches;

    SegmentWriter(
            Disk disk,
            SegmentFiles files,
            Journal journal,
            DamageReports damage,
            LogSettings settings,
            int salt,
            Shard shard) {
        this.disk = disk;
        this.files = files;
        this.journal = journal;
        this.damage = damage;
        this.settings = settings;
        this.salt = salt;
        this.shard = shard;
        this.segments = new ArrayList<>(List.of(shard.segments()));
        Segment last = segments.isEmpty() ? null : segments.getLast();
        this.active = last != null && !last.closed() ? segments.removeLast() : Segment.empty(-1);
        this.index = shard.openIndex();
    }

    /** Copies the tail's batches before the place in the journal. */
    void write(JournalPosition cut, TailRun run, ByteBuffer buffer) throws IOException {
        int count = shard.tailCountBefore(cut);
        while (batches < count) {
            shard.copyTailFrom(batches, buffer.capacity(), run);
            int size = Math.min(run.size(), count - batches);
            if (size == 0) {
                return;
            }
            ByteBuffer into = run.bytes(0, size) <= buffer.capacity() ? buffer : ByteBuffer.allocate(run.length(0));
            read(run, size, into);
            append(run, size, into);
            batches += size;
        }
    }

    private void read(TailRun run, int size, ByteBuffer into) throws IOException {
        into.clear();
        int first = 0;
        while (first < size) {
            int count = Math.min(run.adjacent(first, into.capacity()), size - first);
            into.limit(into.position() + run.bytes(first, count));
            journal.read(run.generation(first), run.position(first), into);
            into.position(into.limit());
            first += count;
        }
        into.position(0);
    }

    private void append(TailRun run, int size, ByteBuffer from) throws IOException {
        int start = 0;
        int at = 0;
        long base = -1;
        long end = -1;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            int length = run.length(i);
            boolean good = BatchFormat.isHeader(from, at, salt, crc)
                    && BatchFormat.shard(from, at) == shard.number
                    && BatchFormat.baseOffset(from, at) == run.baseOffset(i)
                    && BatchFormat.length(from, at) == length;
            if (!good) {
                damage.report("journal", run.baseOffset(i), "a batch of records of shard " + shard.number + " is lost");
            }
            boolean full = base >= 0
                    ? isFull(active.length() + at - start, length, Math.min(active.firstTimestamp(), first))
                    : isFull(active.length(), length, active.firstTimestamp());
            if (!good || full) {
                put(from, start, at, end, first, last);
                start = good ? at : at + length;
                base = -1;
                first = Long.MAX_VALUE;
                last = Long.MIN_VALUE;
            }
            if (full) {
                closeActive();
            }
            if (good) {
                if (base < 0) {
                    base = run.baseOffset(i);
                    begin(base);
                }
                if (index != null) {
                    index.add(run.baseOffset(i), run.timestamp(i), active.length() + at - start, length);
                }
                end = BatchFormat.endOffset(from, at);
                first = Math.min(first, run.timestamp(i));
                last = Math.max(last, run.timestamp(i));
            }
            at += length;
        }
        put(from, start, at, end, first, last);
    }

    private boolean isFull(long segmentLength, int more, long firstTimestamp) {
        if (active.baseOffset() < 0 || segmentLength == SegmentFormat.HEADER_BYTES) {
            return false;
        }
        return segmentLength + more > settings.segmentBytes()
                || (firstTimestamp != Long.MAX_VALUE
                        && firstTimestamp
                                <= settings.clock().millis()
                                        - settings.segmentAge().toMillis());
    }

    private void begin(long baseOffset) throws IOException {
        if (active.baseOffset() < 0) {
            Path path = files.path(shard.number, baseOffset);
            Path folder = files.folder(shard.number);
            if (!disk.exists(folder)) {
                disk.createFolder(folder);
                changedFolders.add(files.folder());
            }
            changedFolders.add(folder);
            open(disk.create(path));
            active = Segment.empty(baseOffset);
            index = new SegmentIndex(settings.indexInterval());
            rolled = true;
            fileOf(active).write(SegmentFormat.header(shard.number, baseOffset, salt), 0);
        }
    }

    private void put(ByteBuffer from, int start, int end, long endOffset, long first, long last) throws IOException {
        if (first == Long.MAX_VALUE) {
            return;
        }
        from.limit(end).position(start);
        fileOf(active).write(from, active.length());
        from.clear();
        active = active.with(endOffset, active.length() + end - start, first, last);
    }

    private DiskFile fileOf(Segment segment) throws IOException {
        DiskFile open = file;
        if (open == null) {
            open = open(disk.open(files.path(shard.number, segment.baseOffset())));
        }
        return open;
    }

    private DiskFile open(DiskFile opened) {
        written.add(opened);
        file = opened;
        return opened;
    }

    private void closeActive() {
        Segment closed = active.close();
        segments.add(closed);
        SegmentIndex whole = index;
        if (whole != null && whole.indexedTo() == closed.length()) {
            files.writeIndex(whole, shard.number, closed);
        }
        active = Segment.empty(-1);
        index = null;
        file = null;
        rolled = true;
    }

    List<DiskFile> written() {
        return written;
    }

    List<Path> changedFolders() {
        return changedFolders;
    }

    /** What was written is durable: puts it in the tail's place. */
    void finish() {
        if (active.baseOffset() >= 0) {
            segments.add(active);
        }
        shard.moved(segments.toArray(Segment.NONE), batches, lastTimestamp());
        if (rolled) {
            shard.openIndex(index);
        }
    }

    private long lastTimestamp() {
        return segments.isEmpty() ? Long.MIN_VALUE : segments.getLast().lastTimestamp();
    }

    /** What was written does not count: it will be written again. */
    void abandon() {
        shard.openIndex(null);
    }

    Shard shard() {
        return shard;
    }
}
