package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Copies what a checkpoint needs of a journal that is being written; see {@link LogCopy}. */
final class JournalCopy {

    private final Disk disk;
    private final Path folder;
    private final Path from;
    private final Path to;
    private final LogCheckpoint checkpoint;
    private final CRC32C crc = new CRC32C();

    private record Source(Path path, JournalFile.Header header) {}

    JournalCopy(Disk disk, Path from, Path to, LogCheckpoint checkpoint) {
        this.disk = disk;
        this.folder = from;
        this.from = Recovery.journalFolder(from);
        this.to = Recovery.journalFolder(to);
        this.checkpoint = checkpoint;
    }

    /** @return false where the journal was used again meanwhile, so that what was copied may have a hole */
    boolean copy() throws IOException {
        disk.createFolder(to);
        for (Path old : disk.list(to)) {
            disk.delete(old);
        }
        List<Source> sources = needed();
        if (sources.isEmpty()) {
            // Either nothing was ever written, or all was let go while the headers were read, one after the other.
            return isStillNewest();
        }
        if (sources.getFirst().header().firstLsn() > checkpoint.lsn()) {
            // What the checkpoint asks for was let go since it was read.
            return false;
        }
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            boolean isLast = i == sources.size() - 1;
            ByteBuffer content = read(source.path());
            if (!isStill(source)) {
                return false;
            }
            if (isLast) {
                cutWhatIsBeingWritten(source, content);
            }
            write(to.resolve(source.path().getFileName()), content.clear());
        }
        for (Source source : sources) {
            if (!isStill(source)) {
                return false;
            }
        }
        disk.forceFolder(to);
        return true;
    }

    /** The files in use, by generation, from the one on that holds the checkpoint's first frame. */
    private List<Source> needed() throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Path path : disk.list(from)) {
            JournalFile.Header header = path.toString().endsWith(JournalFile.SUFFIX) ? header(path) : null;
            if (header != null && header.inUse() && header.salt() == checkpoint.salt()) {
                sources.add(new Source(path, header));
            }
        }
        sources.sort(Comparator.comparingInt(source -> source.header().generation()));
        while (sources.size() > 1 && sources.get(1).header().firstLsn() <= checkpoint.lsn()) {
            sources.removeFirst();
        }
        return sources;
    }

    /** Files are let go only behind a newer checkpoint. */
    private boolean isStillNewest() throws IOException {
        LogCheckpoint newest = LogCheckpoint.read(disk, folder);
        return newest != null && newest.lsn() == checkpoint.lsn();
    }

    /** Whether the file is still of the same generation: a later one never has the number of an earlier one. */
    private boolean isStill(Source source) throws IOException {
        return source.header().equals(header(source.path()));
    }

    private JournalFile.@Nullable Header header(Path path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            return JournalFile.header(path, file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void write(Path path, ByteBuffer content) throws IOException {
        try (DiskFile file = disk.create(path)) {
            file.write(content, 0);
            file.force();
        }
    }

    private ByteBuffer read(Path path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            ByteBuffer content = ByteBuffer.allocate((int) file.size());
            file.read(content, 0);
            return content.clear();
        }
    }

    /**
     * A frame that is written while the file is read may be in the copy in parts, and whole ones behind it, which would
     * look like damage. What was there when the file was read first is whole when it is read again; where it is not, it is
     * damaged, and for the next start to report.
     */
    private void cutWhatIsBeingWritten(Source source, ByteBuffer content) throws IOException {
        int first = endOfFrames(source, content);
        ByteBuffer again = ByteBuffer.allocate(content.capacity() - first);
        try (DiskFile file = disk.open(source.path())) {
            file.read(again, first);
        }
        content.put(first, again.array(), 0, again.capacity());
        int end = endOfFrames(source, content);
        if (end == first && hasFrameBehind(source, content, end)) {
            return;
        }
        for (int at = end; at < content.capacity(); at += Long.BYTES) {
            if (at + Long.BYTES <= content.capacity()) {
                content.putLong(at, 0);
            }
        }
    }

    private int endOfFrames(Source source, ByteBuffer content) {
        int salt = checkpoint.salt();
        int at = JournalFile.HEADER_BYTES;
        while (FrameFormat.isHeader(content, at, source.header().generation(), salt, crc)
                && FrameFormat.isIntact(content, at, salt, crc)) {
            at += FrameFormat.HEADER_BYTES + FrameFormat.length(content, at);
        }
        return at;
    }

    private boolean hasFrameBehind(Source source, ByteBuffer content, int end) {
        for (int at = end + Long.BYTES; at <= content.capacity() - FrameFormat.HEADER_BYTES; at += Long.BYTES) {
            if (content.getInt(at) == FrameFormat.MAGIC
                    && FrameFormat.isHeader(content, at, source.header().generation(), checkpoint.salt(), crc)) {
                return true;
            }
        }
        return false;
    }
}
