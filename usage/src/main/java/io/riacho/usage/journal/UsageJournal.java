package io.riacho.usage.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries of what was metered, in {@link UsageFile}s. An entry outlives the process once {@link #add} has returned; it may
 * be lost when the power fails. Each process writes files of its own, behind those that it finds.
 *
 * <p>Where a file cannot be made, or all are too large together, entries are kept in memory alone, as many as fit.
 *
 * <p>{@link #add} is safe for use by many threads, and takes no lock but where it begins a file. The rest is for one
 * thread at a time.
 */
public final class UsageJournal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UsageJournal.class);
    private static final int MOST_IN_MEMORY = 100_000;

    private final Path folder;
    private final int slots;
    private final long mostBytes;
    private final Runnable onFileBegun;
    private final NavigableMap<Long, UsageFile> files = new ConcurrentSkipListMap<>();
    private final ReentrantLock beginning = new ReentrantLock();
    private final List<Kept> kept = new ArrayList<>();
    private long nextNumber;
    private @Nullable UsageFile spare;
    private volatile @Nullable UsageFile current;
    private volatile boolean closed;

    private record Kept(List<String> account, UsageEntry entry) {}

    /**
     * @param fileBytes of each file; a multiple of 64
     * @param mostBytes of all files
     * @param read up to where the journal was read before; numbers of files go on behind it
     * @param onFileBegun called when {@link #prepare} is of use; has to come back at once
     */
    public UsageJournal(Path folder, int fileBytes, long mostBytes, UsagePosition read, Runnable onFileBegun)
            throws IOException {
        this.folder = folder;
        this.slots = fileBytes / UsageFile.SLOT_BYTES;
        this.mostBytes = mostBytes;
        this.onFileBegun = onFileBegun;
        Files.createDirectories(folder);
        for (Path path : found(folder)) {
            UsageFile file = UsageFile.open(path);
            if (file == null || file.number() < read.file()) {
                if (file != null) {
                    file.close();
                }
                Files.delete(path);
            } else {
                files.put(file.number(), file);
            }
        }
        nextNumber = Math.max(read.file(), files.isEmpty() ? 0 : files.lastKey()) + 1;
    }

    private static List<Path> found(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(UsageFile::isNamedLikeOne).toList();
        }
    }

    /** What is added before is kept in memory alone. */
    public void begin() {
        beginning.lock();
        try {
            current = made();
        } finally {
            beginning.unlock();
        }
    }

    /** Adds an entry; see {@link UsageEntry} for what it says. */
    public void add(
            Account account, int type, long shard, long firstOffset, int records, long bytes, long units, long millis) {
        while (true) {
            UsageFile file = current;
            if (file == null) {
                keep(account, new UsageEntry(type, shard, firstOffset, records, bytes, units, millis));
                return;
            }
            int slot = account.slotIn(file);
            if (slot >= 0 && file.write(slot, type, shard, firstOffset, records, bytes, units, millis)) {
                return;
            }
            goOnBehind(file);
        }
    }

    private void keep(Account account, UsageEntry entry) {
        synchronized (kept) {
            if (kept.size() < MOST_IN_MEMORY) {
                kept.add(new Kept(Account.words(account.text()), entry));
            }
        }
    }

    private void goOnBehind(UsageFile full) {
        beginning.lock();
        try {
            if (current == full) {
                full.seal();
                current = closed ? null : made();
            }
        } finally {
            beginning.unlock();
        }
        onFileBegun.run();
    }

    /** Null where there is none to be had. */
    private @Nullable UsageFile made() {
        UsageFile file = spare;
        spare = null;
        if (file == null) {
            file = create();
        }
        if (file != null) {
            files.put(file.number(), file);
        }
        return file;
    }

    private @Nullable UsageFile create() {
        if ((files.size() + 1L) * slots * UsageFile.SLOT_BYTES > mostBytes) {
            log.warn("The journal of usage is full: what is used is counted in memory alone until PostgreSQL takes it");
            return null;
        }
        try {
            return UsageFile.create(folder, nextNumber++, slots);
        } catch (IOException e) {
            log.warn("The journal of usage cannot be written: what is used is counted in memory alone", e);
            return null;
        }
    }

    /** Makes the next file before it is needed, and goes on writing files where that was not possible. */
    public void prepare() {
        beginning.lock();
        try {
            if (closed) {
                return;
            }
            if (current == null) {
                current = made();
            }
            if (spare == null && current != null) {
                spare = create();
            }
        } finally {
            beginning.unlock();
        }
    }

    /** Reads what was added behind the position and not taken by {@link #takeKept}; returns up to where that is. */
    public UsagePosition read(UsagePosition from, EntryReader reader) {
        UsagePosition position = from;
        for (Map.Entry<Long, UsageFile> next : files.tailMap(from.file(), true).entrySet()) {
            UsageFile file = next.getValue();
            // Sealed first: a sealed file gets no more, so what is claimed then is all.
            boolean sealed = file.isSealed();
            int end = file.claimed();
            int start = file.number() == position.file() ? position.slot() : UsageFile.FIRST_SLOT;
            int read = file.read(start, end, file.isOfFormerProcess(), reader);
            position = new UsagePosition(file.number(), read);
            if (!sealed || read < end) {
                return position;
            }
        }
        return position;
    }

    /** Reads, and forgets, what is in memory alone. */
    public void takeKept(EntryReader reader) {
        List<Kept> taken;
        synchronized (kept) {
            taken = List.copyOf(kept);
            kept.clear();
        }
        taken.forEach(one -> reader.read(one.account(), one.entry()));
    }

    /** Deletes the files before the one of the position. */
    public void forget(UsagePosition position) {
        NavigableMap<Long, UsageFile> done = files.headMap(position.file(), false);
        for (UsageFile file : List.copyOf(done.values())) {
            files.remove(file.number());
            try {
                file.delete();
            } catch (IOException e) {
                log.warn("A file of the journal of usage is not deleted before the next start", e);
            }
        }
    }

    /** The number of a file behind all others. */
    public long numberBehind() {
        beginning.lock();
        try {
            return nextNumber;
        } finally {
            beginning.unlock();
        }
    }

    /** Begins no file any more. Files stay mapped, since somebody may be adding to them; the next process reads that. */
    @Override
    public void close() {
        beginning.lock();
        try {
            closed = true;
            UsageFile unused = spare;
            spare = null;
            if (unused != null) {
                unused.delete();
            }
        } catch (IOException e) {
            log.debug("An unused file of the journal of usage stays there", e);
        } finally {
            beginning.unlock();
        }
    }
}
