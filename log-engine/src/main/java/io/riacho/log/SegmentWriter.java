package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Copies one shard's batches from the journal to its segments; closes segments by size and age. Nothing counts until the
 * files are forced and {@link #finish} is called; until then the shard's {@code files} lock is held.
 */
final class SegmentWriter {

    private static final System.Logger LOGGER = System.getLogger(SegmentWriter.class.getName());

    /** A file that gets more than this at once is forced on the way, so that the disk is busy while more is copied. */
    private static final int EARLY_FORCE = 8 << 20;

    private final Disk disk;
    private final SegmentFiles files;
    private final DamageReports damage;
    private final LogSettings settings;
    private final int salt;
    private final Shard shard;
    private final CRC32C crc = new CRC32C();

    private final List<Segment> segments;
    private final List<DiskFile> written = new ArrayList<>();
    private final List<Path> changedFolders = new ArrayList<>();
    private final List<PageCache.Range> ranges = new ArrayList<>();
    private @Nullable DiskFile file;
    private @Nullable SegmentIndex index;
    private @Nullable Segment active;
    private final ForcePool.Forces early;
    private long bytes;
    private long unforced;
    private boolean rolled;
    private int batches;

    SegmentWriter(
            Disk disk,
            SegmentFiles files,
            DamageReports damage,
            ForcePool forces,
            LogSettings settings,
            int salt,
            Shard shard) {
        this.disk = disk;
        this.files = files;
        this.damage = damage;
        this.settings = settings;
        this.salt = salt;
        this.shard = shard;
        this.early = forces.begin();
        this.segments = new ArrayList<>(List.of(shard.segments()));
        Segment last = segments.isEmpty() ? null : segments.getLast();
        this.active = last != null && !last.closed() ? segments.removeLast() : null;
        this.index = active == null ? null : shard.openIndex(active);
    }

    /**
     * Copies the tail's batches before the place in the journal.
     *
     * @param journal the journal's content, by generation
     */
    void write(JournalPosition cut, Map<Integer, ByteBuffer> journal, TailRun run, ByteBuffer buffer)
            throws IOException {
        int count = shard.tailCountBefore(cut);
        while (batches < count) {
            shard.copyTailFrom(batches, buffer.capacity(), run);
            int size = Math.min(run.size(), count - batches);
            if (size == 0) {
                return;
            }
            ByteBuffer into =
                    run.bytes(0, size) <= buffer.capacity() ? buffer : ByteBuffer.allocateDirect(run.length(0));
            copy(journal, run, size, into);
            append(run, size, into);
            batches += size;
        }
    }

    private static void copy(Map<Integer, ByteBuffer> journal, TailRun run, int size, ByteBuffer into) {
        into.clear();
        int at = 0;
        int first = 0;
        while (first < size) {
            int count = Math.min(run.adjacent(first, into.capacity()), size - first);
            int bytes = run.bytes(first, count);
            ByteBuffer from = journal.get(run.generation(first));
            if (from == null) {
                throw new IllegalStateException("A batch is said to lie in a journal file that is gone");
            }
            into.put(at, from, run.position(first), bytes);
            at += bytes;
            first += count;
        }
    }

    private void append(TailRun run, int size, ByteBuffer from) throws IOException {
        int start = 0;
        int at = 0;
        for (int i = 0; i < size; i++) {
            int length = run.length(i);
            if (isGood(run, i, from, at)) {
                if (active != null && isFull(active, length)) {
                    put(from, start, at);
                    start = at;
                    closeActive();
                }
                add(run, i, BatchFormat.endOffset(from, at));
            } else {
                damage.report("journal", run.baseOffset(i), "a batch of records of shard " + shard.number + " is lost");
                put(from, start, at);
                start = at + length;
            }
            at += length;
        }
        put(from, start, at);
    }

    private boolean isGood(TailRun run, int index, ByteBuffer from, int at) {
        return BatchFormat.isHeader(from, at, salt, crc)
                && BatchFormat.shard(from, at) == shard.number
                && BatchFormat.baseOffset(from, at) == run.baseOffset(index)
                && BatchFormat.length(from, at) == run.length(index);
    }

    private boolean isFull(Segment segment, int more) {
        if (segment.isEmpty()) {
            return false;
        }
        long oldest = settings.clock().millis() - settings.segmentAge().toMillis();
        return segment.length() + more > settings.segmentBytes() || segment.firstTimestamp() <= oldest;
    }

    /** Counts a batch to the open segment, and begins one where there is none. {@link #put} writes it. */
    private void add(TailRun run, int i, long endOffset) throws IOException {
        Segment to = active == null ? begin(run.baseOffset(i)) : active;
        if (index != null) {
            index.add(run.baseOffset(i), run.timestamp(i), to.length(), run.length(i));
        }
        active = to.with(endOffset, to.length() + run.length(i), run.timestamp(i), run.timestamp(i));
    }

    private Segment begin(long baseOffset) throws IOException {
        Path folder = files.folder(shard.number);
        if (!disk.exists(folder)) {
            disk.createFolder(folder);
            changedFolders.add(files.folder());
        }
        changedFolders.add(folder);
        DiskFile created = opened(disk.create(files.path(shard.number, baseOffset)));
        created.write(SegmentFormat.header(shard.number, baseOffset, salt), 0);
        index = new SegmentIndex(baseOffset, settings.indexInterval());
        rolled = true;
        return Segment.empty(baseOffset);
    }

    /** Writes a part of the buffer to the end of the open segment, which counts it already. */
    private void put(ByteBuffer from, int start, int end) throws IOException {
        Segment segment = active;
        if (start == end || segment == null) {
            return;
        }
        Path path = files.path(shard.number, segment.baseOffset());
        DiskFile to = file != null ? file : opened(disk.open(path));
        int length = end - start;
        long position = segment.length() - length;
        to.write(from.limit(end).position(start), position);
        from.clear();
        ranges.add(new PageCache.Range(path, position, length));
        bytes += length;
        unforced += length;
        if (unforced >= EARLY_FORCE) {
            early.add(to);
            unforced = 0;
        }
    }

    private DiskFile opened(DiskFile opened) {
        written.add(opened);
        file = opened;
        return opened;
    }

    private void closeActive() {
        if (active != null) {
            Segment closed = active.close();
            segments.add(closed);
            SegmentIndex whole = index;
            if (whole != null && whole.indexedTo() == closed.length()) {
                files.writeIndex(whole, shard.number, closed);
            }
        }
        active = null;
        index = null;
        file = null;
        rolled = true;
    }

    /** How much was written. */
    long bytes() {
        return bytes;
    }

    List<DiskFile> written() {
        return written;
    }

    /** The pieces of files that were written. */
    List<PageCache.Range> ranges() {
        return ranges;
    }

    List<Path> changedFolders() {
        return changedFolders;
    }

    /** Waits for the forces that began on the way. */
    void awaitForces() throws IOException {
        early.await();
    }

    /** What was written is durable: puts it in the tail's place. */
    void finish() {
        if (active != null) {
            segments.add(active);
        }
        shard.moved(segments.toArray(Segment.NONE), batches, lastTimestamp());
        if (rolled) {
            shard.setOpenIndex(index);
        }
    }

    private long lastTimestamp() {
        return segments.isEmpty() ? Long.MIN_VALUE : segments.getLast().lastTimestamp();
    }

    /** What was written does not count: it will be written again. */
    void abandon() {
        try {
            early.await();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "A segment that is written again could not be forced", e);
        }
        shard.setOpenIndex(null);
    }

    Shard shard() {
        return shard;
    }
}
