package io.riacho.auth.authority;

import io.riacho.auth.database.AuthDatabase;
import io.riacho.protocol.AwsException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Lets services wait until identities change. Safe for use by many threads. */
final class ChangeFeed implements SmartLifecycle {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int MOST_WAITING = 64;
    private static final int TOO_MANY = 429;

    private final AuthDatabase database;
    /** Another process may have changed identities before this one began. */
    private final String process = UUID.randomUUID().toString();

    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean running;

    ChangeFeed(AuthDatabase database) {
        this.database = database;
        database.listen(this::wake);
    }

    /**
     * Waits while identities are as they were, for 20 seconds at the most.
     *
     * @param known what this told before; null where it was not asked yet
     * @return what they are at now
     */
    String await(@Nullable String known) {
        if (!places.tryAcquire()) {
            throw AwsException.of("ThrottlingException", TOO_MANY, "Too many wait for changes.");
        }
        lock.lock();
        try {
            long left = LONGEST.toNanos();
            while (running && left > 0 && now().equals(known)) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
            places.release();
        }
        return now();
    }

    private String now() {
        return process + '/' + database.generation();
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the server waits for its requests to end. */
    @Override
    public void stop() {
        running = false;
        wake();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
