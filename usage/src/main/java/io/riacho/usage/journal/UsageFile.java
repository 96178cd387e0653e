package io.riacho.usage.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A file of the journal, mapped into memory, so that what is written to it outlives the process at once. It consists of
 * slots of 64 bytes, little-endian; a slot's first eight bytes are a check over the rest, salted by the file, that is
 * written last. Zero is no check.
 *
 * <pre>
 *   slot 0   check 8 | magic 8 | version 4 | slots 4 | number 8 | salt 8
 *   entry    check 8 | type 4 | slot of the account 4 | shard 8 | first offset 8 | records 4 | 0 4 | bytes 8 | units 8 | millis 8
 *   account  check 8 | -1 4 | length 4 | UTF-8, through as many slots as that takes
 * </pre>
 *
 * <p>Slots are claimed in order and written by whoever claimed them, so one that is not written may have written ones
 * behind it: for a moment, or for good where the process died or the power failed. Safe for use by many threads.
 */
final class UsageFile {

    static final int SLOT_BYTES = 64;
    static final int FIRST_SLOT = 1;
    static final int VERSION = 1;

    private static final long MAGIC = 0x5249_4143_484f_5547L;
    private static final int ACCOUNT = -1;
    private static final int ACCOUNT_HEADER = 16;
    private static final int MOST_TEXT = 8 << 10;
    private static final int ZEROS = 64 << 10;
    private static final String SUFFIX = ".usage";

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle CHECK = LONG.varHandle();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path path;
    private final long number;
    private final int slots;
    private final long salt;
    private final Arena arena;
    private final MemorySegment memory;
    private final boolean ofFormerProcess;
    /** How many slots are claimed; the bit of the sign says that no more are. */
    private final AtomicInteger claimed;

    private UsageFile(
            Path path,
            long number,
            int slots,
            long salt,
            Arena arena,
            MemorySegment memory,
            boolean ofFormerProcess,
            int claimed) {
        this.path = path;
        this.number = number;
        this.slots = slots;
        this.salt = salt;
        this.arena = arena;
        this.memory = memory;
        this.ofFormerProcess = ofFormerProcess;
        this.claimed = new AtomicInteger(claimed);
    }

    /** An empty one. Its blocks are written, so that no later write to the memory finds the disk full. */
    @SuppressWarnings("MustBeClosedChecker") // Closed with the file.
    static UsageFile create(Path folder, long number, int slots) throws IOException {
        Path path = folder.resolve(String.format("%016d", number) + SUFFIX);
        long salt = RANDOM.nextLong();
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = (long) slots * SLOT_BYTES;
            ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
            for (long at = 0; at < size; ) {
                zeros.clear().limit((int) Math.min(ZEROS, size - at));
                at += channel.write(zeros, at);
            }
            MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            memory.set(LONG, 8, MAGIC);
            memory.set(INT, 16, VERSION);
            memory.set(INT, 20, slots);
            memory.set(LONG, 24, number);
            memory.set(LONG, 32, salt);
            CHECK.setRelease(memory, 0L, checkOf(memory, salt, 0));
            return new UsageFile(path, number, slots, salt, arena, memory, false, FIRST_SLOT);
        } catch (IOException | RuntimeException e) {
            arena.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /**
     * One of a former process, to be read only; null where it is none, such as one that was not completely made.
     *
     * @throws IOException where it cannot be read, or is of a later release
     */
    @SuppressWarnings("MustBeClosedChecker") // Closed with the file.
    static @Nullable UsageFile open(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        boolean opened = false;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < 2 * SLOT_BYTES || size % SLOT_BYTES != 0 || size / SLOT_BYTES > Integer.MAX_VALUE) {
                return null;
            }
            MemorySegment memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
            long salt = memory.get(LONG, 32);
            if (memory.get(LONG, 8) != MAGIC || memory.get(LONG, 0) != checkOf(memory, salt, 0)) {
                return null;
            }
            if (memory.get(INT, 16) > VERSION) {
                throw new IOException(path + " is of a later release than this one");
            }
            int slots = memory.get(INT, 20);
            if (slots != size / SLOT_BYTES) {
                return null;
            }
            opened = true;
            return new UsageFile(
                    path, memory.get(LONG, 24), slots, salt, arena, memory, true, slots | Integer.MIN_VALUE);
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }

    static boolean isNamedLikeOne(Path path) {
        return path.getFileName().toString().endsWith(SUFFIX);
    }

    long number() {
        return number;
    }

    /** Whether nobody writes to it any more, so that what is not written never will be. */
    boolean isOfFormerProcess() {
        return ofFormerProcess;
    }

    /** Lets nobody claim a slot any more. */
    void seal() {
        claimed.getAndUpdate(before -> before | Integer.MIN_VALUE);
    }

    boolean isSealed() {
        return claimed.get() < 0;
    }

    /** How many slots are claimed, the first, which has none of the entries, included. */
    int claimed() {
        return claimed.get() & Integer.MAX_VALUE;
    }

    /** Returns the first of so many slots; -1 where there are not so many. */
    private int claim(int count) {
        while (true) {
            int before = claimed.get();
            if (before < 0 || before > slots - count) {
                return -1;
            }
            if (claimed.compareAndSet(before, before + count)) {
                return before;
            }
        }
    }

    /** Returns whether there was room. */
    boolean write(
            int account, int type, long shard, long firstOffset, int records, long bytes, long units, long millis) {
        int slot = claim(1);
        if (slot < 0) {
            return false;
        }
        long at = at(slot);
        memory.set(INT, at + 8, type);
        memory.set(INT, at + 12, account);
        memory.set(LONG, at + 16, shard);
        memory.set(LONG, at + 24, firstOffset);
        memory.set(INT, at + 32, records);
        memory.set(LONG, at + 40, bytes);
        memory.set(LONG, at + 48, units);
        memory.set(LONG, at + 56, millis);
        CHECK.setRelease(memory, at, checkOf(memory, salt, slot));
        return true;
    }

    /** Writes an account's words; returns their slot, or -1 where there is no room. */
    int writeText(byte[] text) {
        if (text.length > MOST_TEXT) {
            throw new IllegalArgumentException("An account of " + text.length + " bytes is too long");
        }
        int slot = claim(slotsOf(text.length));
        if (slot < 0) {
            return -1;
        }
        long at = at(slot);
        memory.set(INT, at + 8, ACCOUNT);
        memory.set(INT, at + 12, text.length);
        MemorySegment.copy(text, 0, memory, ValueLayout.JAVA_BYTE, at + ACCOUNT_HEADER, text.length);
        CHECK.setRelease(memory, at, checkOfText(slot, text.length));
        return slot;
    }

    /**
     * Reads on from a slot.
     *
     * @param passesOver whether a slot that is not written never will be; else reading ends before it
     * @return the first slot that is not read
     */
    int read(int from, int end, boolean passesOver, EntryReader reader) {
        int slot = from;
        while (slot < end) {
            int length = slotsWritten(slot);
            if (length == 0) {
                if (!passesOver) {
                    return slot;
                }
                slot++;
            } else {
                if (!isText(slot)) {
                    reader.read(words(memory.get(INT, at(slot) + 12)), entry(slot));
                }
                slot += length;
            }
        }
        return slot;
    }

    /** How many slots what begins here takes; 0 where nothing was written completely. */
    private int slotsWritten(int slot) {
        long at = at(slot);
        long check = (long) CHECK.getAcquire(memory, at);
        if (check == 0) {
            return 0;
        }
        if (isText(slot)) {
            int length = memory.get(INT, at + 12);
            return isTextLength(slot, length) && check == checkOfText(slot, length) ? slotsOf(length) : 0;
        }
        return memory.get(INT, at + 8) > 0 && check == checkOf(memory, salt, slot) ? 1 : 0;
    }

    private boolean isText(int slot) {
        return memory.get(INT, at(slot) + 8) == ACCOUNT;
    }

    private boolean isTextLength(int slot, int length) {
        return length >= 0 && length <= MOST_TEXT && slotsOf(length) <= slots - slot;
    }

    private UsageEntry entry(int slot) {
        long at = at(slot);
        return new UsageEntry(
                memory.get(INT, at + 8),
                memory.get(LONG, at + 16),
                memory.get(LONG, at + 24),
                memory.get(INT, at + 32),
                memory.get(LONG, at + 40),
                memory.get(LONG, at + 48),
                memory.get(LONG, at + 56));
    }

    private List<String> words(int slot) {
        if (slot < FIRST_SLOT || slot >= slots || !isText(slot) || slotsWritten(slot) == 0) {
            return List.of();
        }
        byte[] text = new byte[memory.get(INT, at(slot) + 12)];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at(slot) + ACCOUNT_HEADER, text, 0, text.length);
        return Account.words(text);
    }

    /** Must not be used any more. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    void close() {
        arena.close();
    }

    private static long at(int slot) {
        return (long) slot * SLOT_BYTES;
    }

    private static int slotsOf(int length) {
        return (ACCOUNT_HEADER + length + SLOT_BYTES - 1) / SLOT_BYTES;
    }

    private static long checkOf(MemorySegment memory, long salt, int slot) {
        long hash = salt ^ slot;
        long at = at(slot);
        for (int word = 8; word < SLOT_BYTES; word += 8) {
            hash = mixed(hash ^ memory.get(LONG, at + word));
        }
        return hash == 0 ? 1 : hash;
    }

    private long checkOfText(int slot, int length) {
        long hash = salt ^ slot;
        long at = at(slot);
        int end = ACCOUNT_HEADER + length;
        for (int word = 8; word < end; word += 8) {
            hash = mixed(hash ^ memory.get(LONG, at + word));
        }
        return hash == 0 ? 1 : hash;
    }

    /** A step by which each bit of the word changes about half of the bits: what is meant is chance, not malice. */
    private static long mixed(long word) {
        long hash = (word ^ (word >>> 32)) * 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }
}
