package io.riacho.log;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps a spare journal file ready and, where commits are not forced, forces them about once a second. */
final class JournalKeeper implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(JournalKeeper.class.getName());
    private static final long TICK_MILLIS = 1000;

    private final Journal journal;
    private final JournalSupply supply;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    JournalKeeper(Journal journal, JournalSupply supply) {
        this.journal = journal;
        this.supply = supply;
        this.thread = Thread.ofPlatform().name("log-journal-keeper").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** A spare file may be needed now. Does not block. */
    void wake() {
        woken.release();
    }

    private void run() {
        boolean told = false;
        while (!closed) {
            try {
                supply.prepareSpare();
                journal.forceWritten();
                told = false;
            } catch (IOException e) {
                if (!told) {
                    LOGGER.log(System.Logger.Level.WARNING, "The journal cannot get another file, or be forced", e);
                }
                told = true;
            }
            try {
                if (woken.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
