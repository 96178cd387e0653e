package io.riacho.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The journal: numbered frames in a bounded number of files that are used in turn. The commit thread writes; any thread
 * reads; the write-behind lets files go and keeps a spare one ready.
 *
 * <p>Where a write or a force fails, what the file holds from there on is unknown, so nothing is written there again: the
 * next file begins with the number of the frame that failed, which makes that frame void, whatever became of it.
 */
final class Journal {

    private static final System.Logger LOGGER = System.getLogger(Journal.class.getName());

    private final Disk disk;
    private final Path folder;
    private final int fileBytes;
    private final int maxFiles;
    private final int salt;
    private final boolean forced;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fileFreed = lock.newCondition();
    private final Deque<JournalFile> free = new ArrayDeque<>();
    private volatile List<JournalFile> inUse;
    private @Nullable IOException starved;
    private @Nullable IOException noRoom;
    private boolean preparing;
    private int nextName;

    /** The commit thread's; null after a failure, until another file is begun. */
    private @Nullable JournalFile active;

    private volatile int nextGeneration;
    private long nextLsn;
    private volatile JournalPosition committed;
    private volatile boolean unforced;
    private volatile boolean failed;
    private volatile Runnable wanted = () -> {};

    Journal(Disk disk, LogSettings settings, int salt, JournalFiles found) {
        this.disk = disk;
        this.folder = found.folder();
        this.fileBytes = settings.journalFileBytes();
        this.maxFiles = settings.journalFiles();
        this.forced = settings.durability() == LogSettings.Durability.COMMIT;
        this.salt = salt;
        this.inUse = List.copyOf(found.inUse());
        this.free.addAll(found.free());
        this.nextName = found.nextName();
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
                file.force();
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
        JournalFile file = takeFree();
        try {
            file.begin(nextGeneration, nextLsn, salt);
            nextGeneration++;
            if (afterFailure) {
                file.force();
            }
        } catch (IOException e) {
            lock.lock();
            try {
                free.addLast(file);
            } finally {
                lock.unlock();
            }
            throw e;
        }
        lock.lock();
        try {
            List<JournalFile> files = new ArrayList<>(inUse);
            files.add(file);
            inUse = List.copyOf(files);
        } finally {
            lock.unlock();
        }
        active = file;
        failed = false;
        wanted.run();
        return file;
    }

    private JournalFile takeFree() throws IOException {
        lock.lock();
        try {
            while (true) {
                JournalFile file = free.pollFirst();
                if (file != null) {
                    return file;
                }
                IOException reason = starved != null ? starved : inUse.size() <= 1 ? noRoom : null;
                if (reason != null && !preparing) {
                    throw new LogFullException(
                            "There is no room for the journal in " + folder.toAbsolutePath() + ": "
                                    + reason.getMessage(),
                            reason);
                }
                if (inUse.size() < maxFiles && !preparing && noRoom == null) {
                    preparing = true;
                    break;
                }
                wanted.run();
                fileFreed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        try {
            return preallocate();
        } catch (IOException e) {
            if (LogFull.isNoRoom(e)) {
                throw new LogFullException("There is no room for the journal: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private JournalFile preallocate() throws IOException {
        IOException failure = null;
        try {
            return JournalFile.preallocate(disk, folder, newName(), fileBytes);
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            lock.lock();
            try {
                noRoom = failure;
                preparing = false;
                fileFreed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private String newName() {
        lock.lock();
        try {
            return String.format("%04d%s", nextName++, JournalFile.SUFFIX);
        } finally {
            lock.unlock();
        }
    }

    /** Makes a spare file where there is none and may be one. Not the commit thread's. */
    void prepareSpare() throws IOException {
        lock.lock();
        try {
            if (!free.isEmpty() || preparing || inUse.size() >= maxFiles) {
                return;
            }
            preparing = true;
        } finally {
            lock.unlock();
        }
        JournalFile file = preallocate();
        lock.lock();
        try {
            free.addLast(file);
            fileFreed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says why files are not let go, so that appends fail rather than wait; null when they are again. */
    void starved(@Nullable IOException reason) {
        lock.lock();
        try {
            starved = reason;
            fileFreed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The place up to which everything is readable. */
    JournalPosition committed() {
        return committed;
    }

    /** Lets go of the files that lie before the place as a whole. */
    void letGo(JournalPosition cut) throws IOException {
        for (JournalFile file : inUse) {
            if (file.generation() < cut.generation()) {
                file.free(salt);
                retire(file);
            }
        }
    }

    private void retire(JournalFile file) throws IOException {
        boolean reusable = file.bytes() == fileBytes;
        lock.lock();
        try {
            List<JournalFile> files = new ArrayList<>(inUse);
            files.remove(file);
            inUse = List.copyOf(files);
            if (reusable) {
                free.addLast(file);
                fileFreed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (!reusable) {
            file.close();
            disk.delete(file.path());
        }
    }

    /** Files that are full: all but the last one in use. */
    int fullFiles() {
        return Math.max(0, inUse.size() - 1);
    }

    /** Whether the next file can come from nowhere but those in use. */
    boolean isExhausted() {
        lock.lock();
        try {
            return free.isEmpty() && (inUse.size() >= maxFiles || noRoom != null);
        } finally {
            lock.unlock();
        }
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

    boolean isFailed() {
        return failed;
    }

    boolean isStarved() {
        lock.lock();
        try {
            return starved != null;
        } finally {
            lock.unlock();
        }
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
        for (JournalFile file : free) {
            file.close();
        }
    }
}
