package io.riacho.log;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who wait for a shard's records, by a thread of its own: the commit thread only leaves a note, and that only
 * for shards that somebody watches.
 */
final class Watchers implements AutoCloseable {

    private final Queue<ShardWatch> noted = new ConcurrentLinkedQueue<>();
    private @Nullable Thread thread;
    private volatile @Nullable Thread parked;
    private volatile boolean closed;

    Watching watch(Shard shard, Runnable action) {
        start();
        ShardWatch watch = shard.watch(this);
        watch.add(action);
        return () -> watch.remove(action);
    }

    /** Called by the commit thread, once for a shard until it was told. */
    void note(ShardWatch watch) {
        noted.add(watch);
        Thread waiting = parked;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /** Most logs are never watched. */
    private synchronized void start() {
        if (thread == null && !closed) {
            thread = Thread.ofPlatform().name("log-watch").daemon().start(this::run);
        }
    }

    private void run() {
        while (!closed) {
            ShardWatch watch = noted.poll();
            if (watch != null) {
                watch.tell();
                continue;
            }
            parked = Thread.currentThread();
            if (noted.isEmpty() && !closed) {
                LockSupport.park(this);
            }
            parked = null;
        }
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running != null) {
            LockSupport.unpark(running);
        }
    }
}
