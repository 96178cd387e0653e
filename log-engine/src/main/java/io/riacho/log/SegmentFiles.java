package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where segments lie, and those that are open for reading: a bounded number, the one that was not used for longest is
 * closed first. Safe for use by many threads; who reads a file that was closed opens it again.
 */
final class SegmentFiles implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(SegmentFiles.class.getName());

    private record Name(long shard, long baseOffset) {}

    private final Disk disk;
    private final Path folder;
    private final int interval;
    private final int salt;
    private final Map<Name, OpenSegment> open;

    SegmentFiles(Disk disk, Path folder, int interval, int salt, int mostOpen) {
        this.disk = disk;
        this.folder = folder;
        this.interval = interval;
        this.salt = salt;
        this.open = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Name, OpenSegment> eldest) {
                if (size() <= mostOpen) {
                    return false;
                }
                close(eldest.getValue());
                return true;
            }
        };
    }

    /** The folder of the shards' folders. */
    Path folder() {
        return folder;
    }

    Path folder(long shard) {
        return folder.resolve(Long.toString(shard));
    }

    Path path(long shard, long baseOffset) {
        return folder(shard).resolve(SegmentFormat.name(baseOffset));
    }

    private Path indexPath(long shard, long baseOffset) {
        return folder(shard).resolve(SegmentFormat.indexName(baseOffset));
    }

    /** Opens a segment, or takes the open one. A closed segment comes with its whole index. */
    OpenSegment open(long shard, Segment segment) throws IOException {
        Name name = new Name(shard, segment.baseOffset());
        synchronized (open) {
            OpenSegment known = open.get(name);
            if (known != null && (known.index() != null || !segment.closed())) {
                return known;
            }
        }
        Path path = path(shard, segment.baseOffset());
        DiskFile file = disk.open(path);
        OpenSegment opened;
        try {
            SegmentFormat.isSegment(file, path, shard, segment.baseOffset());
            opened = new OpenSegment(file, segment.closed() ? index(shard, segment, file) : null);
        } catch (IOException | RuntimeException e) {
            close(file);
            throw e;
        }
        OpenSegment old;
        synchronized (open) {
            old = open.put(name, opened);
        }
        close(old);
        return opened;
    }

    private SegmentIndex index(long shard, Segment segment, DiskFile file) throws IOException {
        SegmentIndex index = new SegmentIndex(segment.baseOffset(), interval);
        if (!readIndex(index, shard, segment)) {
            index.extend(file, segment.length(), shard, salt);
            writeIndex(index, shard, segment);
        }
        return index;
    }

    private boolean readIndex(SegmentIndex index, long shard, Segment segment) {
        Path path = indexPath(shard, segment.baseOffset());
        if (!disk.exists(path)) {
            return false;
        }
        try (DiskFile file = disk.open(path)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) file.size());
            buffer.limit(file.read(buffer, 0));
            return index.decode(buffer, path, shard, segment.length());
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "The index " + path + " cannot be read; it is made again", e);
            return false;
        }
    }

    /** Writes a closed segment's index. Not forced, and no harm if it fails: it can be made again. */
    void writeIndex(SegmentIndex index, long shard, Segment segment) {
        Path path = indexPath(shard, segment.baseOffset());
        try (DiskFile file = disk.create(path)) {
            file.write(index.encode(shard, segment.length()), 0);
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "The index " + path + " cannot be written", e);
        }
    }

    /** Deletes a segment and its index. */
    void delete(long shard, long baseOffset) throws IOException {
        forget(shard, baseOffset);
        disk.delete(indexPath(shard, baseOffset));
        disk.delete(path(shard, baseOffset));
    }

    void forget(long shard, long baseOffset) {
        OpenSegment known;
        synchronized (open) {
            known = open.remove(new Name(shard, baseOffset));
        }
        close(known);
    }

    private static void close(@Nullable OpenSegment segment) {
        if (segment != null) {
            close(segment.file());
        }
    }

    private static void close(DiskFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "A file could not be closed", e);
        }
    }

    @Override
    public void close() {
        synchronized (open) {
            open.values().forEach(SegmentFiles::close);
            open.clear();
        }
    }
}
