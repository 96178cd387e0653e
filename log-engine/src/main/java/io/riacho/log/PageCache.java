package io.riacho.log;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Bounds what the operating system keeps in memory of segments that were just written: all but the newest bytes are given
 * up. Readers that follow closely read the journal, so segments are rarely read soon; and memory that is used again is
 * much cheaper for the system to fill than memory that it has to find. Not thread-safe.
 */
final class PageCache {

    private final Disk disk;
    private final long keptBytes;
    private final Queue<Range> kept = new ArrayDeque<>();
    private long bytes;

    /** @param keptBytes how much of what was written last stays in memory */
    PageCache(Disk disk, long keptBytes) {
        this.disk = disk;
        this.keptBytes = keptBytes;
    }

    /** A piece of a file. */
    record Range(Path file, long position, long length) {}

    /** The range was written and is on the disk. */
    void forced(Range range) {
        kept.add(range);
        bytes += range.length();
        while (bytes > keptBytes) {
            Range oldest = kept.remove();
            bytes -= oldest.length();
            disk.notNeeded(oldest.file(), oldest.position(), oldest.length());
        }
    }
}
