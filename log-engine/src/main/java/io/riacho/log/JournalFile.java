package io.riacho.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One preallocated file of the journal. It is used again and again, each time under a new generation.
 *
 * <pre>
 *  0  long  magic, "RIACHOJL"
 *  8  int   format version
 * 12  int   the log's salt, see {@link BatchFormat}
 * 16  int   generation
 * 20  int   1 in use, 0 free: nothing in it is needed any more
 * 24  long  lsn of the first frame; frames of this or a higher number in earlier generations are void
 * 32  int   CRC32C of bytes 0 to 31
 * 36  zeros
 * 4096 frames, see {@link FrameFormat}
 * </pre>
 */
final class JournalFile {

    static final long MAGIC = 0x524941_43484f_4a4cL;
    static final int HEADER_BYTES = 4096;
    static final String SUFFIX = ".journal";

    private static final int HEADER_CRC = 32;
    private static final int ZEROS = 1 << 20;

    private final Path path;
    private final DiskFile file;
    private final int bytes;
    private volatile int generation;
    private long firstLsn;
    private volatile int end = HEADER_BYTES;

    JournalFile(Path path, DiskFile file, int bytes) {
        this.path = path;
        this.file = file;
        this.bytes = bytes;
    }

    /** A new file of zeros, on the disk: so that later writes change no metadata, and cannot run out of room. */
    static JournalFile preallocate(Disk disk, Path folder, String name, int bytes) throws IOException {
        Path path = folder.resolve(name);
        DiskFile file = disk.create(path);
        try {
            ByteBuffer zeros = ByteBuffer.allocate(Math.min(bytes, ZEROS));
            for (long position = 0; position < bytes; position += zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - position));
                file.write(zeros, position);
            }
            file.force();
            disk.forceFolder(folder);
            return new JournalFile(path, file, bytes);
        } catch (IOException e) {
            try {
                file.close();
                disk.delete(path);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** What a file's header says; null where it has none or a damaged one. */
    static @Nullable Header header(Path path, DiskFile file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_CRC + 4);
        if (file.read(buffer, 0) < buffer.capacity() || buffer.getLong(0) != MAGIC) {
            return null;
        }
        FormatVersion.check(path, buffer.getInt(8));
        if (buffer.getInt(HEADER_CRC) != Checksum.of(buffer, 0, HEADER_CRC)) {
            return null;
        }
        return new Header(buffer.getInt(12), buffer.getInt(16), buffer.getInt(20) == 1, buffer.getLong(24));
    }

    record Header(int salt, int generation, boolean inUse, long firstLsn) {}

    /** Takes on what recovery found. */
    void restore(int itsGeneration, long itsFirstLsn, int itsEnd) {
        generation = itsGeneration;
        firstLsn = itsFirstLsn;
        end = itsEnd;
    }

    /** Begins a generation. Not forced: the force of the first frame is this one's too. */
    void begin(int newGeneration, long lsn, int salt) throws IOException {
        writeHeader(salt, newGeneration, true, lsn);
        restore(newGeneration, lsn, HEADER_BYTES);
    }

    /** Says on the disk that nothing in the file is needed. */
    void free(int salt) throws IOException {
        writeHeader(salt, generation, false, firstLsn);
        file.force();
    }

    private void writeHeader(int salt, int itsGeneration, boolean inUse, long lsn) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_CRC + 4);
        header.putLong(MAGIC).putInt(FormatVersion.CURRENT).putInt(salt).putInt(itsGeneration);
        header.putInt(inUse ? 1 : 0).putLong(lsn);
        header.putInt(HEADER_CRC, Checksum.of(header, 0, HEADER_CRC));
        file.write(header.clear(), 0);
    }

    boolean hasRoomFor(int length) {
        return bytes - end >= length;
    }

    /** Writes a frame behind the last one, which it does not become until {@link #keep}. */
    void write(Frame frame, long lsn) throws IOException {
        file.write(frame.parts(generation, lsn), frame.partCount(), end);
    }

    void keep(int length) {
        end += length;
    }

    void force() throws IOException {
        file.force();
    }

    void read(ByteBuffer into, long position) throws IOException {
        file.read(into, position);
    }

    ByteBuffer map(Arena arena) throws IOException {
        return file.map(arena);
    }

    Path path() {
        return path;
    }

    int bytes() {
        return bytes;
    }

    int generation() {
        return generation;
    }

    long firstLsn() {
        return firstLsn;
    }

    /** Where the next frame goes. */
    int end() {
        return end;
    }

    void close() throws IOException {
        file.close();
    }
}
