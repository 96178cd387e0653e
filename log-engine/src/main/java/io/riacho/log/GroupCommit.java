package io.riacho.log;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes everything that waits durable with one force, then readable, then tells the callers. While it forces, the next
 * group gathers; there is no timer. One thread of its own; {@link #submit} is safe for use by many.
 */
final class GroupCommit implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(GroupCommit.class.getName());

    private final Journal journal;
    private final InstantSource clock;
    private final int commitBytes;
    private final Thread thread;
    private final AtomicReference<@Nullable Commit> submitted = new AtomicReference<>();
    private volatile boolean parked;
    private volatile boolean closed;
    private volatile @Nullable LogFailedException broken;

    private final Frame frame;
    private final JournalFrame where = new JournalFrame();
    private final List<Commit> group = new ArrayList<>();
    private @Nullable Commit waiting;

    private final LongAdder commits = new LongAdder();
    private final LongAdder committedBytes = new LongAdder();
    private final LongAdder committedRecords = new LongAdder();

    GroupCommit(Journal journal, InstantSource clock, int commitBytes, int salt) {
        this.journal = journal;
        this.clock = clock;
        this.commitBytes = commitBytes;
        this.frame = new Frame(salt);
        this.thread = Thread.ofPlatform().name("log-commit").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void submit(Commit commit) {
        Commit first;
        do {
            first = submitted.get();
            commit.next = first;
        } while (!submitted.compareAndSet(first, commit));
        if (parked) {
            LockSupport.unpark(thread);
        }
        if (closed) {
            failSubmitted();
        }
    }

    boolean isBroken() {
        return broken != null;
    }

    long commits() {
        return commits.sum();
    }

    long committedBytes() {
        return committedBytes.sum();
    }

    long committedRecords() {
        return committedRecords.sum();
    }

    private void run() {
        while (awaitWork()) {
            gather();
            try {
                commit();
            } catch (RuntimeException | Error e) {
                giveUp(e);
            }
            group.clear();
        }
        failSubmitted();
    }

    /** What is in memory can no longer be trusted; what is on the disk can, after the next start. */
    private void giveUp(Throwable reason) {
        LOGGER.log(
                System.Logger.Level.ERROR, "A commit failed in a way that was not foreseen: no more are made", reason);
        LogFailedException failure = new LogFailedException("The log failed: " + reason, reason);
        broken = failure;
        closed = true;
        for (Commit commit : group) {
            commit.reject(failure);
        }
        for (Commit commit = waiting; commit != null; commit = commit.next) {
            commit.reject(failure);
        }
        waiting = null;
    }

    /** Waits until something is there to commit; false once the log is closed and nothing is. */
    private boolean awaitWork() {
        while (waiting == null) {
            waiting = inOrder(submitted.getAndSet(null));
            if (waiting != null) {
                return true;
            }
            if (closed) {
                return false;
            }
            parked = true;
            if (submitted.get() == null && !closed) {
                LockSupport.park(this);
            }
            parked = false;
        }
        return true;
    }

    /** The queue is a stack; this turns it round. */
    private static @Nullable Commit inOrder(@Nullable Commit newest) {
        Commit oldest = null;
        Commit commit = newest;
        while (commit != null) {
            Commit next = commit.next;
            commit.next = oldest;
            oldest = commit;
            commit = next;
        }
        return oldest;
    }

    private void gather() {
        long bytes = 0;
        Commit commit = waiting;
        while (commit != null && (bytes == 0 || bytes + commit.bytes() <= commitBytes)) {
            bytes += commit.bytes();
            group.add(commit);
            commit = commit.next;
        }
        waiting = commit;
    }

    private void commit() {
        long now = clock.millis();
        frame.clear();
        for (Commit commit : group) {
            commit.assign(frame, now);
        }
        if (!frame.isEmpty()) {
            try {
                journal.append(frame, where);
            } catch (LogFullException e) {
                fail(e);
                return;
            } catch (IOException e) {
                LOGGER.log(System.Logger.Level.ERROR, "The journal cannot be written", e);
                journal.recoverFromFailure();
                fail(
                        NoRoom.isReasonOf(e)
                                ? new LogFullException("The disk is full: " + e.getMessage(), e)
                                : new LogFailedException("The journal cannot be written: " + e.getMessage(), e));
                return;
            }
            commits.increment();
            committedBytes.add(frame.bytes());
        } else {
            // So that a probe finds out that the disk works again, where nobody appends because it did not.
            journal.recoverFromFailure();
        }
        for (Commit commit : group) {
            commit.publish(where);
            committedRecords.add(commit.records());
        }
        journal.publish();
        for (Commit commit : group) {
            commit.complete();
        }
    }

    private void fail(RuntimeException reason) {
        for (Commit commit : group) {
            commit.fail(reason);
        }
    }

    private void failSubmitted() {
        LogFailedException reason = broken;
        if (reason == null) {
            reason = new LogFailedException("The log is closed");
        }
        for (Commit c = submitted.getAndSet(null); c != null; c = c.next) {
            c.reject(reason);
        }
    }

    /** Commits what was submitted before, then ends. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
