package io.riacho.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The journal: numbered frames in a bounded number of files that are used in turn. The commit thread writes; any thread
 * reads; the write-behind lets files go.
 *
 * <p>Where a write or a force fails, what the file holds from there on is unknown, so nothing is written there again: the
 * next file begins with the number of the frame that failed, which makes that frame void, whatever became of it.
 */
final class Journal {

    private static final System.Logger LOGGER = System.getLogger(Journal.class.getName());

    private final int salt;
    private final boolean forced;
    private final JournalSupply supply;

    /** By generation. Changed under this object's monitor. */
    private volatile List<JournalFile> inUse;

    /** The commit thread's; null after a failure, until another file is begun. */
    private @Nullable JournalFile active;

    private volatile int nextGeneration;
    private long nextLsn;
    private volatile JournalPosition committed;
    private volatile boolean unforced;
    private volatile boolean failed;
    private final ForceTimes forces = new ForceTimes();
    private volatile Runnable wanted = () -> {};

    Journal(LogSettings settings, int salt, JournalFiles found, JournalSupply supply) {
        this.supply = supply;
        this.forced = settings.durability() == LogSettings.Durability.COMMIT;
        this.salt = salt;
        this.inUse = List.copyOf(found.inUse());
        this.nextGeneration = found.nextGeneration();
        this.nextLsn = found.nextLsn();
        this.active = inUse.isEmpty() ? null : inUse.getLast();
        this.committed = active == null
                ? new JournalPosition(nextGeneration, JournalFile.HEADER_BYTES, nextLsn)
                : new JournalPosition(active.generation(), active.end(), nextLsn);
    }

    /** @param action called, by the commit thread, when a file is full; it must not block */
    void onFileWanted(Runnable action) {
        wanted = action;
    }

    /** The most that a frame's batches may take. */
    static int largestPayload(LogSettings settings) {
        return settings.journalFileBytes() - JournalFile.HEADER_BYTES - FrameFormat.HEADER_BYTES;
    }

    /** Writes a frame, durably if so set. The commit thread's. */
    void append(Frame frame, JournalFrame where) throws IOException {
        JournalFile file = active;
        if (file == null || !file.hasRoomFor(frame.bytes())) {
            file = roll();
        }
        try {
            file.write(frame, nextLsn);
            if (forced) {
                long begin = System.nanoTime();
                file.force();
                forces.add(System.nanoTime() - begin);
            }
        } catch (IOException e) {
            failed = true;
            active = null;
            throw e;
        }
        where.at(file.generation(), file.end());
        file.keep(frame.bytes());
        nextLsn++;
        unforced = !forced;
    }

    /** Says that all frames so far are readable: a cut may be made here. The commit thread's. */
    void publish() {
        JournalFile file = active;
        if (file != null) {
            committed = new JournalPosition(file.generation(), file.end(), nextLsn);
        }
    }

    /** After a failure: begins another file, durably, so that what failed stays void. The commit thread's. */
    void recoverFromFailure() {
        if (!failed) {
            return;
        }
        try {
            roll().force();
        } catch (IOException | LogFullException e) {
            active = null;
            LOGGER.log(System.Logger.Level.ERROR, "The journal cannot be written; the next append tries again", e);
        }
    }

    private JournalFile roll() throws IOException {
        boolean afterFailure = failed;
        JournalFile old = active;
        if (old != null && !forced) {
            old.force();
        }
        JournalFile file = supply.take(wanted);
        try {
            file.begin(nextGeneration, nextLsn, salt);
            nextGeneration++;
            if (afterFailure) {
                file.force();
            }
        } catch (IOException e) {
            supply.giveBack(file);
            throw e;
        }
        add(file);
        active = file;
        failed = false;
        wanted.run();
        return file;
    }

    private synchronized void add(JournalFile file) {
        List<JournalFile> files = new ArrayList<>(inUse);
        files.add(file);
        inUse = List.copyOf(files);
    }

    private synchronized void remove(JournalFile file) {
        List<JournalFile> files = new ArrayList<>(inUse);
        files.remove(file);
        inUse = List.copyOf(files);
    }

    /** The place up to which everything is readable. */
    JournalPosition committed() {
        return committed;
    }

    /** The place up to which everything is readable, but not behind the first so many full files. */
    JournalPosition committed(int fullFiles) {
        JournalPosition end = committed;
        List<JournalFile> files = inUse;
        if (fullFiles >= files.size() || files.get(fullFiles).generation() > end.generation()) {
            return end;
        }
        JournalFile next = files.get(fullFiles);
        return new JournalPosition(next.generation(), JournalFile.HEADER_BYTES, next.firstLsn());
    }

    /** The content of the files in use, by generation, until the arena is closed. */
    Map<Integer, ByteBuffer> map(JournalPosition cut, Arena arena) throws IOException {
        Map<Integer, ByteBuffer> content = new HashMap<>();
        for (JournalFile file : inUse) {
            if (file.generation() <= cut.generation()) {
                content.put(file.generation(), file.map(arena));
            }
        }
        return content;
    }

    /** Lets go of the files that lie before the place as a whole. */
    void letGo(JournalPosition cut) throws IOException {
        for (JournalFile file : inUse) {
            if (file.generation() < cut.generation()) {
                file.free(salt);
                remove(file);
                supply.giveBack(file);
            }
        }
    }

    /** Files that are full: all but the last one in use. */
    int fullFiles() {
        return Math.max(0, inUse.size() - 1);
    }

    int generation() {
        return nextGeneration;
    }

    long bytesInUse() {
        long bytes = 0;
        for (JournalFile file : inUse) {
            bytes += file.end();
        }
        return bytes;
    }

    ForceTimes forces() {
        return forces;
    }

    boolean isFailed() {
        return failed;
    }

    /** Forces what was written without a force. */
    void forceWritten() throws IOException {
        if (unforced) {
            unforced = false;
            for (JournalFile file : inUse) {
                file.force();
            }
        }
    }

    /** Reads from a file; false where it was let go. What is read may be of a later generation: the reader must check. */
    boolean read(int generation, int position, ByteBuffer into) throws IOException {
        for (JournalFile file : inUse) {
            if (file.generation() == generation) {
                file.read(into, position);
                return true;
            }
        }
        return false;
    }

    void close() throws IOException {
        forceWritten();
        for (JournalFile file : inUse) {
            file.close();
        }
        supply.close();
    }
}
