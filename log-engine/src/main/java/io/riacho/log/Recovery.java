package io.riacho.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Finds out what a log's folder holds, after a clean end or any other. Changes nothing but leftovers. */
final class Recovery {

    private static final System.Logger LOGGER = System.getLogger(Recovery.class.getName());

    /** What was found; the shards are in the table. */
    record Found(int salt, long lsn, JournalFiles journal) {}

    private final Disk disk;
    private final Path folder;
    private final ShardTable shards;
    private final DamageReports damage;

    Recovery(Disk disk, Path folder, ShardTable shards, DamageReports damage) {
        this.disk = disk;
        this.folder = folder;
        this.shards = shards;
        this.damage = damage;
    }

    static Path journalFolder(Path folder) {
        return folder.resolve("journal");
    }

    static Path shardsFolder(Path folder) {
        return folder.resolve("shards");
    }

    Found recover() throws IOException {
        disk.createFolder(journalFolder(folder));
        disk.createFolder(shardsFolder(folder));
        disk.forceFolder(folder);
        Map<Long, Path> folders = shardFolders();
        LogCheckpoint checkpoint = isNew(folders) ? firstCheckpoint() : LogCheckpoint.read(disk, folder, damage);
        SegmentScan scan = new SegmentScan(disk, damage);
        int salt;
        if (checkpoint != null) {
            salt = checkpoint.salt();
            for (LogCheckpoint.ShardState state : checkpoint.shards()) {
                restore(state, folders.get(state.number()), scan);
            }
        } else {
            salt = saltFromFiles(folders);
            for (Map.Entry<Long, Path> shard : folders.entrySet()) {
                scan.restore(shards.getOrMake(shard.getKey()), shard.getValue());
            }
        }
        long lsn = checkpoint == null ? JournalReplay.EVERYTHING : checkpoint.lsn();
        JournalFiles journal = new JournalReplay(disk, journalFolder(folder), shards, damage, salt, lsn)
                .replay(checkpoint == null ? 0 : checkpoint.generation());
        sweep(folders);
        shards.all().forEach(Shard::resume);
        return new Found(salt, Math.max(0, lsn), journal);
    }

    private boolean isNew(Map<Long, Path> folders) throws IOException {
        return folders.isEmpty()
                && disk.list(journalFolder(folder)).isEmpty()
                && !disk.exists(folder.resolve(LogCheckpoint.NAME));
    }

    /** The salt is kept from the beginning on: without it, nothing can be read. */
    private LogCheckpoint firstCheckpoint() throws IOException {
        LogCheckpoint first = new LogCheckpoint(ThreadLocalRandom.current().nextInt(), 0, 0, List.of());
        first.write(disk, folder);
        return first;
    }

    private Map<Long, Path> shardFolders() throws IOException {
        Map<Long, Path> folders = new HashMap<>();
        for (Path path : disk.list(shardsFolder(folder))) {
            try {
                folders.put(Long.parseLong(path.getFileName().toString()), path);
            } catch (NumberFormatException e) {
                LOGGER.log(System.Logger.Level.WARNING, "{0} is not the log''s", path);
            }
        }
        return folders;
    }

    /** Old segments may be gone: dropping them comes before the checkpoint that says so. */
    private void restore(LogCheckpoint.ShardState state, @Nullable Path shardFolder, SegmentScan scan)
            throws IOException {
        Set<String> names = new HashSet<>();
        if (shardFolder != null) {
            disk.list(shardFolder).forEach(path -> names.add(path.getFileName().toString()));
        }
        List<Segment> segments = new ArrayList<>(state.segments());
        long first = state.firstOffset();
        while (!segments.isEmpty()
                && !names.contains(SegmentFormat.name(segments.getFirst().baseOffset()))) {
            first = Math.max(first, segments.removeFirst().endOffset());
        }
        if (!segments.isEmpty() && shardFolder != null) {
            scan.checkVersion(state.number(), shardFolder, segments.getLast());
        }
        shards.getOrMake(state.number())
                .restore(segments.toArray(Segment.NONE), first, state.endOffset(), state.timestamp());
    }

    private int saltFromFiles(Map<Long, Path> folders) throws IOException {
        for (Path path : disk.list(journalFolder(folder))) {
            try (DiskFile file = disk.open(path)) {
                JournalFile.Header header = JournalFile.header(path, file);
                if (header != null) {
                    return header.salt();
                }
            }
        }
        for (Path shardFolder : folders.values()) {
            for (Path path : disk.list(shardFolder)) {
                if (path.toString().endsWith(SegmentFormat.SUFFIX)) {
                    try (DiskFile file = disk.open(path)) {
                        return SegmentFormat.salt(file);
                    }
                }
            }
        }
        return ThreadLocalRandom.current().nextInt();
    }

    /** Deletes what a crash left behind: files that no checkpoint knows, and the shards that were deleted. */
    private void sweep(Map<Long, Path> folders) throws IOException {
        for (Map.Entry<Long, Path> entry : folders.entrySet()) {
            Shard shard = shards.get(entry.getKey());
            Set<String> known = new HashSet<>();
            if (shard != null) {
                for (Segment segment : shard.segments()) {
                    known.add(SegmentFormat.name(segment.baseOffset()));
                    known.add(SegmentFormat.indexName(segment.baseOffset()));
                }
            }
            for (Path path : disk.list(entry.getValue())) {
                String name = path.getFileName().toString();
                boolean ours = name.endsWith(SegmentFormat.SUFFIX) || name.endsWith(SegmentFormat.INDEX_SUFFIX);
                if (ours && !known.contains(name)) {
                    disk.delete(path);
                }
            }
            if (known.isEmpty()) {
                disk.delete(entry.getValue());
            }
        }
    }
}
