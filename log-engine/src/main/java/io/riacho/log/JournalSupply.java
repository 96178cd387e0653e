package io.riacho.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The journal's free files: made where more are allowed, given back when they are let go. Who needs one waits for it, but
 * only as long as there is hope: not while the disk is full. Safe for use by many threads.
 */
final class JournalSupply implements AutoCloseable {

    private final Disk disk;
    private final Path folder;
    private final int fileBytes;
    private final int maxFiles;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<JournalFile> free = new ArrayDeque<>();
    private int taken;
    private int nextName;
    private boolean preparing;
    private @Nullable IOException stuck;
    private @Nullable IOException noRoom;

    JournalSupply(Disk disk, LogSettings settings, JournalFiles found) throws IOException {
        this.disk = disk;
        this.folder = found.folder();
        this.fileBytes = settings.journalFileBytes();
        this.maxFiles = settings.journalFiles();
        this.nextName = found.nextName();
        this.taken = found.inUse().size();
        for (JournalFile file : found.free()) {
            addOrDelete(file);
        }
    }

    /** A file whose size another setting gave, or that is one too many, is not used again. */
    private void addOrDelete(JournalFile file) throws IOException {
        if (file.bytes() == fileBytes && taken + free.size() < maxFiles) {
            free.addLast(file);
        } else {
            file.close();
            disk.delete(file.path());
        }
    }

    /**
     * Takes a free file, or makes one, or waits until one is given back.
     *
     * @param wanted called before each wait
     * @throws LogFullException if there is none, and none is to be expected
     */
    JournalFile take(Runnable wanted) throws IOException {
        lock.lock();
        try {
            while (true) {
                if (!free.isEmpty()) {
                    taken++;
                    return free.removeFirst();
                }
                IOException reason = stuck != null ? stuck : taken <= 1 ? noRoom : null;
                if (reason != null && !preparing) {
                    throw new LogFullException(
                            "There is no room for the journal in " + folder.toAbsolutePath() + ": "
                                    + reason.getMessage(),
                            reason);
                }
                if (taken < maxFiles && !preparing && noRoom == null) {
                    prepare();
                } else {
                    wanted.run();
                    changed.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes a file where none is free and one may be. */
    void prepareSpare() throws IOException {
        lock.lock();
        try {
            if (free.isEmpty() && !preparing && taken < maxFiles) {
                noRoom = null;
                prepare();
                if (noRoom != null) {
                    throw noRoom;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes a file, without the lock meanwhile. */
    private void prepare() throws IOException {
        String name = String.format("%04d%s", nextName++, JournalFile.SUFFIX);
        preparing = true;
        lock.unlock();
        JournalFile made = null;
        IOException failure = null;
        try {
            made = JournalFile.preallocate(disk, folder, name, fileBytes);
        } catch (IOException e) {
            failure = e;
        } finally {
            lock.lock();
            preparing = false;
            changed.signalAll();
        }
        if (made != null) {
            free.addLast(made);
            noRoom = null;
        } else if (failure != null && NoRoom.isReasonOf(failure)) {
            noRoom = failure;
        } else if (failure != null) {
            throw failure;
        }
    }

    /** Takes a file back. */
    void giveBack(JournalFile file) throws IOException {
        lock.lock();
        try {
            taken--;
            addOrDelete(file);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says why no files are given back, so that nobody waits for them; null when they are again. */
    void stuck(@Nullable IOException reason) {
        lock.lock();
        try {
            stuck = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Why an append that needs another file would fail now; null where none would for that. */
    @Nullable
    IOException reasonToFail() {
        lock.lock();
        try {
            return stuck != null ? stuck : free.isEmpty() && taken <= 1 ? noRoom : null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the next file can come from nowhere but those in use. */
    boolean isExhausted() {
        lock.lock();
        try {
            return free.isEmpty() && (taken >= maxFiles || noRoom != null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        for (JournalFile file : List.copyOf(free)) {
            file.close();
        }
    }
}
