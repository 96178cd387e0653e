package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Finds out what segments hold by looking through them, where no checkpoint says so. */
final class SegmentScan {

    private final Disk disk;
    private final DamageReports damage;

    SegmentScan(Disk disk, DamageReports damage) {
        this.disk = disk;
        this.damage = damage;
    }

    /** Refuses a segment of a later release. */
    void checkVersion(long shard, Path folder, Segment segment) throws IOException {
        Path path = folder.resolve(SegmentFormat.name(segment.baseOffset()));
        try (DiskFile file = disk.open(path)) {
            if (!SegmentFormat.isSegment(file, path, shard, segment.baseOffset())) {
                damage.report(path.toString(), 0, "the header");
            }
        }
    }

    void restore(Shard shard, Path folder) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (Path path : disk.list(folder)) {
            String name = path.getFileName().toString();
            if (name.endsWith(SegmentFormat.SUFFIX)) {
                long base = Long.parseLong(name.substring(0, name.length() - SegmentFormat.SUFFIX.length()));
                long end = segments.isEmpty() ? base : segments.getLast().endOffset();
                if (base >= end) {
                    if (!segments.isEmpty()) {
                        segments.add(segments.removeLast().close());
                    }
                    segments.add(scan(shard.number, path, base));
                }
            }
        }
        if (!segments.isEmpty()) {
            Segment last = segments.getLast();
            long timestamp =
                    segments.stream().mapToLong(Segment::lastTimestamp).max().orElseThrow();
            shard.restore(
                    segments.toArray(Segment.NONE), segments.getFirst().baseOffset(), last.endOffset(), timestamp);
        }
    }

    private Segment scan(long shard, Path path, long base) throws IOException {
        Segment segment = Segment.empty(base);
        try (DiskFile file = disk.open(path)) {
            if (!SegmentFormat.isSegment(file, path, shard, base)) {
                damage.report(path.toString(), 0, "the header");
            }
            CRC32C crc = new CRC32C();
            BatchScan scan =
                    new BatchScan(file, SegmentFormat.HEADER_BYTES, file.size(), shard, SegmentFormat.salt(file));
            while (scan.next()) {
                ByteBuffer batch = ByteBuffer.allocate(scan.length());
                file.read(batch, scan.position());
                if (BatchFormat.isIntact(batch.flip(), 0, crc)) {
                    segment = segment.with(
                            scan.endOffset(), scan.position() + scan.length(), scan.timestamp(), scan.timestamp());
                }
            }
        }
        return segment;
    }
}
