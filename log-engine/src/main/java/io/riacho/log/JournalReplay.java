package io.riacho.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal after a start and puts the batches that no segment holds into their shards' tails, where they lie.
 *
 * <p>A frame is written only after the one before it is durable. So a bad frame that nothing follows was being written
 * when the process or the power died: it was never acknowledged, and is cut. A bad frame that good ones follow was
 * acknowledged and is damaged: what is left of it is kept, and the loss is reported.
 */
final class JournalReplay {

    /** Instead of a first frame's number, where it is not known. */
    static final long EVERYTHING = -1;

    private record Candidate(JournalFile file, int generation, long firstLsn) {}

    private final Disk disk;
    private final Path folder;
    private final ShardTable shards;
    private final DamageReports damage;
    private final int salt;
    private final CRC32C crc = new CRC32C();
    private long expected;

    /** @param lsn of the first frame that is needed, or {@link #EVERYTHING} */
    JournalReplay(Disk disk, Path folder, ShardTable shards, DamageReports damage, int salt, long lsn) {
        this.disk = disk;
        this.folder = folder;
        this.shards = shards;
        this.damage = damage;
        this.salt = salt;
        this.expected = lsn;
    }

    /** @param lastGeneration the highest one that is known from elsewhere */
    JournalFiles replay(int lastGeneration) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        List<JournalFile> free = new ArrayList<>();
        int generation = lastGeneration;
        int name = 0;
        for (Path path : disk.list(folder)) {
            String file = path.getFileName().toString();
            if (!file.endsWith(JournalFile.SUFFIX)) {
                continue;
            }
            name = Math.max(name, number(file) + 1);
            DiskFile open = disk.open(path);
            JournalFile journalFile = new JournalFile(path, open, (int) open.size());
            JournalFile.Header header = JournalFile.header(path, open);
            if (header == null) {
                header = headerByFirstFrame(journalFile);
            }
            if (header != null) {
                generation = Math.max(generation, header.generation());
            }
            if (header != null && header.inUse() && header.salt() == salt) {
                candidates.add(new Candidate(journalFile, header.generation(), header.firstLsn()));
            } else {
                free.add(journalFile);
            }
        }
        candidates.sort(Comparator.comparingInt(Candidate::generation));
        if (expected == EVERYTHING) {
            expected = candidates.isEmpty() ? 0 : candidates.getFirst().firstLsn();
        }
        dropUnneeded(candidates, free);
        List<JournalFile> inUse = replay(candidates);
        return new JournalFiles(folder, inUse, free, name, generation + 1, expected);
    }

    /** What a damaged header must have said, if a frame follows that is needed; null otherwise, as for a new file. */
    private JournalFile.@Nullable Header headerByFirstFrame(JournalFile file) throws IOException {
        ByteBuffer content =
                ByteBuffer.allocate(Math.max(file.bytes(), JournalFile.HEADER_BYTES + BatchFormat.HEADER_BYTES));
        file.read(content, 0);
        content.clear();
        int at = JournalFile.HEADER_BYTES;
        int generation = FrameFormat.generation(content, at);
        if (!FrameFormat.isHeader(content, at, generation, salt, crc) || FrameFormat.lsn(content, at) < expected) {
            return null;
        }
        damage.report(file.path().toString(), 0, "the header; nothing is lost");
        return new JournalFile.Header(salt, generation, true, FrameFormat.lsn(content, at));
    }

    private static int number(String file) {
        try {
            return Integer.parseInt(file.substring(0, file.length() - JournalFile.SUFFIX.length()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void dropUnneeded(List<Candidate> candidates, List<JournalFile> free) {
        while (candidates.size() > 1 && candidates.get(1).firstLsn() <= expected) {
            Candidate first = candidates.removeFirst();
            first.file().restore(first.generation(), first.firstLsn(), JournalFile.HEADER_BYTES);
            free.add(first.file());
        }
    }

    private List<JournalFile> replay(List<Candidate> candidates) throws IOException {
        List<JournalFile> files = new ArrayList<>();
        if (candidates.isEmpty()) {
            return files;
        }
        int largest = candidates.stream().mapToInt(c -> c.file().bytes()).max().orElseThrow();
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer content = arena.allocate(largest).asByteBuffer();
            for (int i = 0; i < candidates.size(); i++) {
                Candidate candidate = candidates.get(i);
                Candidate next = i + 1 < candidates.size() ? candidates.get(i + 1) : null;
                content.clear().limit(candidate.file().bytes());
                candidate.file().read(content, 0);
                content.flip();
                int end = replay(candidate, next, content);
                candidate.file().restore(candidate.generation(), candidate.firstLsn(), end);
                files.add(candidate.file());
            }
        }
        return files;
    }

    /** Goes through one file. @return where its good frames end */
    private int replay(Candidate candidate, @Nullable Candidate next, ByteBuffer content) {
        long voidFrom = next == null ? Long.MAX_VALUE : next.firstLsn();
        int generation = candidate.generation();
        int at = JournalFile.HEADER_BYTES;
        while (true) {
            boolean header = isFrame(content, at, generation, voidFrom);
            if (header && isUsable(content, at)) {
                if (FrameFormat.lsn(content, at) >= expected) {
                    report(candidate, at, FrameFormat.lsn(content, at));
                    takeBatches(content, at, generation);
                    expected = FrameFormat.lsn(content, at) + 1;
                }
                at += FrameFormat.HEADER_BYTES + FrameFormat.length(content, at);
                continue;
            }
            int later = findFrame(content, at + 8, generation, voidFrom);
            boolean acknowledged = later >= 0 || (next != null && next.firstLsn() > expected);
            if (!acknowledged) {
                return at;
            }
            int end = header ? at + FrameFormat.HEADER_BYTES + FrameFormat.length(content, at) : Math.max(at, later);
            salvage(candidate, content, at, end);
            if (header) {
                expected = Math.max(expected, FrameFormat.lsn(content, at) + 1);
                at = end;
            } else if (later >= 0) {
                expected = Math.max(expected, FrameFormat.lsn(content, later));
                at = later;
            } else {
                expected = voidFrom;
                return at;
            }
        }
    }

    private boolean isFrame(ByteBuffer content, int at, int generation, long voidFrom) {
        return FrameFormat.isHeader(content, at, generation, salt, crc) && FrameFormat.lsn(content, at) < voidFrom;
    }

    private boolean isUsable(ByteBuffer content, int at) {
        return FrameFormat.lsn(content, at) < expected || FrameFormat.isIntact(content, at, salt, crc);
    }

    private int findFrame(ByteBuffer content, int from, int generation, long voidFrom) {
        for (int at = from; at <= content.limit() - FrameFormat.HEADER_BYTES; at += 8) {
            if (content.getInt(at) == FrameFormat.MAGIC
                    && isFrame(content, at, generation, voidFrom)
                    && FrameFormat.lsn(content, at) >= expected) {
                return at;
            }
        }
        return -1;
    }

    private void report(Candidate candidate, int at, long found) {
        if (found > expected) {
            damage.report(
                    candidate.file().path().toString(), at, (found - expected) + " commits before this one are lost");
        }
    }

    private void takeBatches(ByteBuffer content, int frame, int generation) {
        int at = frame + FrameFormat.HEADER_BYTES;
        int end = at + FrameFormat.length(content, frame);
        while (at < end) {
            take(content, at, generation);
            at += BatchFormat.length(content, at);
        }
    }

    private void take(ByteBuffer content, int at, int generation) {
        Shard shard = shards.getOrMake(BatchFormat.shard(content, at));
        if ((BatchFormat.flags(content, at) & BatchFormat.TOMBSTONE) != 0) {
            shard.delete();
        } else if (BatchFormat.endOffset(content, at) > shard.readableEnd()) {
            shard.publish(
                    BatchFormat.baseOffset(content, at),
                    BatchFormat.count(content, at),
                    BatchFormat.timestamp(content, at),
                    generation,
                    at,
                    BatchFormat.length(content, at));
        }
    }

    /** Keeps the whole batches of a damaged part of the journal. */
    private void salvage(Candidate candidate, ByteBuffer content, int from, int end) {
        damage.report(candidate.file().path().toString(), from, "acknowledged records are lost; what is whole is kept");
        int at = from;
        while (at <= end - BatchFormat.HEADER_BYTES) {
            if (BatchFormat.isHeader(content, at, salt, crc) && BatchFormat.length(content, at) <= end - at) {
                if (BatchFormat.isIntact(content, at, crc)) {
                    take(content, at, candidate.generation());
                } else {
                    shards.getOrMake(BatchFormat.shard(content, at)).skipTo(BatchFormat.endOffset(content, at));
                }
                at += BatchFormat.length(content, at);
            } else {
                at += 8;
            }
        }
    }
}
