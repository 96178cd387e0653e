package io.riacho.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies what lies before a place in the journal to the segments of all shards, in waves: while one wave's files are
 * forced, the next one's are written. The write-behind's; used again.
 */
final class SegmentCopy implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(SegmentCopy.class.getName());
    private static final int BUFFER = 4 << 20;
    private static final int WAVE = 128;
    private static final int WAVE_BYTES = 8 << 20;

    /** What stays in the system's memory of segments, for readers that are a little late. */
    private static final long PAGE_CACHE_BYTES = 256 << 20;

    /** Shards whose new data is being forced. */
    private record Wave(List<SegmentWriter> writers, ForcePool.Forces forces) {}

    private final Disk disk;
    private final LogSettings settings;
    private final ShardTable shards;
    private final Journal journal;
    private final SegmentFiles files;
    private final DamageReports damage;
    private final int salt;
    private final ForcePool forces = new ForcePool();
    private final PageCache pageCache;
    private final TailRun run = new TailRun();

    SegmentCopy(
            Disk disk,
            LogSettings settings,
            ShardTable shards,
            Journal journal,
            SegmentFiles files,
            DamageReports damage,
            int salt) {
        this.disk = disk;
        this.settings = settings;
        this.shards = shards;
        this.journal = journal;
        this.files = files;
        this.damage = damage;
        this.salt = salt;
        this.pageCache = new PageCache(disk, PAGE_CACHE_BYTES);
    }

    /** Returns once everything before the place is durable in segments. */
    void upTo(JournalPosition cut) throws IOException {
        List<SegmentWriter> unfinished = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            Map<Integer, ByteBuffer> content = journal.map(cut, arena);
            ByteBuffer buffer = arena.allocate(BUFFER, Long.BYTES).asByteBuffer();
            Wave forced = null;
            List<SegmentWriter> wave = new ArrayList<>();
            long written = 0;
            for (Shard shard : shards.all()) {
                if (shard.tailCountBefore(cut) == 0) {
                    continue;
                }
                shard.files.lock();
                SegmentWriter writer = new SegmentWriter(disk, files, damage, forces, settings, salt, shard);
                unfinished.add(writer);
                wave.add(writer);
                writer.write(cut, content, run, buffer);
                written += writer.bytes();
                if (wave.size() == WAVE || written >= WAVE_BYTES) {
                    Wave next = force(wave);
                    finish(forced, unfinished);
                    forced = next;
                    wave = new ArrayList<>();
                    written = 0;
                }
            }
            Wave last = force(wave);
            finish(forced, unfinished);
            finish(last, unfinished);
        } finally {
            unfinished.forEach(SegmentCopy::abandon);
        }
    }

    private Wave force(List<SegmentWriter> writers) {
        ForcePool.Forces begun = forces.begin();
        Set<Path> folders = new LinkedHashSet<>();
        for (SegmentWriter writer : writers) {
            writer.written().forEach(begun::add);
            folders.addAll(writer.changedFolders());
        }
        folders.forEach(folder -> begun.add(disk, folder));
        return new Wave(writers, begun);
    }

    private void finish(@Nullable Wave wave, List<SegmentWriter> unfinished) throws IOException {
        if (wave == null) {
            return;
        }
        wave.forces().await();
        for (SegmentWriter writer : wave.writers()) {
            writer.awaitForces();
        }
        for (SegmentWriter writer : wave.writers()) {
            writer.finish();
            writer.ranges().forEach(pageCache::forced);
            letGo(writer);
        }
        unfinished.removeAll(Set.copyOf(wave.writers()));
    }

    private static void abandon(SegmentWriter writer) {
        writer.abandon();
        letGo(writer);
    }

    private static void letGo(SegmentWriter writer) {
        writer.shard().files.unlock();
        for (DiskFile file : writer.written()) {
            try {
                file.close();
            } catch (IOException e) {
                LOGGER.log(System.Logger.Level.WARNING, "A segment could not be closed", e);
            }
        }
    }

    @Override
    public void close() {
        forces.close();
    }
}
