package io.riacho.log;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Deletes segments whose records are too old, and the files of deleted shards. Files go before the checkpoint that no
 * longer names them; recovery takes a missing old segment for a dropped one.
 */
final class Retention {

    private final Disk disk;
    private final SegmentFiles files;
    private final WriteBehind writeBehind;
    private final int salt;

    Retention(Disk disk, SegmentFiles files, WriteBehind writeBehind, int salt) {
        this.disk = disk;
        this.files = files;
        this.writeBehind = writeBehind;
        this.salt = salt;
    }

    void dropBefore(Shard shard, long timestamp) throws IOException {
        shard.files.lock();
        try {
            Segment[] segments = shard.segments();
            int old = 0;
            while (old < segments.length
                    && segments[old].lastTimestamp() < timestamp
                    && !(segments[old].isEmpty() && !segments[old].closed())) {
                old++;
            }
            if (old > 0 && old == segments.length) {
                old = dropAll(shard, segments);
            } else if (old > 0) {
                shard.dropped(segments, old);
            }
            if (old == 0) {
                return;
            }
            for (int i = 0; i < old; i++) {
                files.delete(shard.number, segments[i].baseOffset());
            }
            writeBehind.checkpoint();
        } finally {
            shard.files.unlock();
        }
    }

    /** @return how many are dropped: not the last one where the disk has no room for what takes its place */
    private int dropAll(Shard shard, Segment[] segments) throws IOException {
        int last = segments.length - 1;
        try {
            shard.dropped(new Segment[] {emptySegment(shard, segments[last].endOffset())}, 0);
            shard.setOpenIndex(null);
            return segments.length;
        } catch (IOException e) {
            if (!NoRoom.isReasonOf(e)) {
                throw e;
            }
            shard.dropped(segments, last);
            return last;
        }
    }

    /** Its name keeps the end of a log of which nothing else is left. */
    private Segment emptySegment(Shard shard, long offset) throws IOException {
        try (DiskFile file = disk.create(files.path(shard.number, offset))) {
            file.write(SegmentFormat.header(shard.number, offset, salt), 0);
            file.force();
        }
        disk.forceFolder(files.folder(shard.number));
        return Segment.empty(offset);
    }

    /** Deletes the files of a shard that is deleted. */
    void deleteFiles(Shard shard) throws IOException {
        shard.files.lock();
        try {
            Path folder = files.folder(shard.number);
            for (Path file : disk.list(folder)) {
                String name = file.getFileName().toString();
                if (name.endsWith(SegmentFormat.SUFFIX)) {
                    files.forget(shard.number, Long.parseLong(name.substring(0, 20)));
                }
                disk.delete(file);
            }
            disk.delete(folder);
            writeBehind.checkpoint();
        } finally {
            shard.files.unlock();
        }
    }
}
