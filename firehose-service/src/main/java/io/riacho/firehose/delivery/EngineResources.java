package io.riacho.firehose.delivery;

import io.riacho.firehose.source.SourceIdentities;
import io.riacho.leases.Workers;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What all delivery streams of the process share. Safe for use by many threads. */
final class EngineResources implements AutoCloseable {

    /** Of the database's connections, so that thousands of lanes that are due at once leave some to leases and callers. */
    private static final int CHANGES_AT_A_TIME = 4;

    private final MemoryBudget budget;
    private final Semaphore attemptsAtATime;
    private final Semaphore changesAtATime = new Semaphore(CHANGES_AT_A_TIME, true);
    private final EngineListener listener;
    private final Workers workers;
    private final SourceIdentities identities;
    private final DeliverySpans spans;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("firehose-timer").daemon().factory());

    EngineResources(
            MemoryBudget budget,
            int attemptsAtATime,
            EngineListener listener,
            Workers workers,
            SourceIdentities identities,
            DeliverySpans spans) {
        this.spans = spans;
        this.workers = workers;
        this.identities = identities;
        this.budget = budget;
        this.listener = listener;
        this.attemptsAtATime = new Semaphore(attemptsAtATime);
    }

    MemoryBudget budget() {
        return budget;
    }

    EngineListener listener() {
        return listener;
    }

    SourceIdentities identities() {
        return identities;
    }

    DeliverySpans spans() {
        return spans;
    }

    Workers workers() {
        return workers;
    }

    /** Held for each attempt to deliver, so that connections and buffers are bounded. */
    Semaphore attemptsAtATime() {
        return attemptsAtATime;
    }

    /** Held for each change of intents. */
    Semaphore changesAtATime() {
        return changesAtATime;
    }

    /** Runs something that comes back at once. Nothing happens once this is closed. */
    void schedule(Runnable work, long nanos) {
        try {
            var _ = timer.schedule(work, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            if (!timer.isShutdown()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.close();
    }
}
