package io.riacho.analytics.run;

import io.riacho.analytics.application.Applications;
import io.riacho.analytics.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all applications again and again, and has those led on that this process leads: at most one step of each at a
 * time, and so many of all. A process that begins takes up what it finds, so that nothing is lost by an end.
 */
public final class Reconciler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(10);
    private static final int STEPS_AT_A_TIME = 32;
    private static final int MOST_RETRY_SECONDS = 30;

    private final Applications applications;
    private final SnapshotStore snapshots;
    private final Ownership ownership;
    private final Steps steps;
    private final Leftovers leftovers;
    private final FormerConsumers consumers;
    private final Wakeup wakeup;
    private final Duration poll;
    private final Semaphore places = new Semaphore(STEPS_AT_A_TIME);
    private final Map<UUID, Thread> busy = new ConcurrentHashMap<>();
    private final Set<UUID> lost = new HashSet<>();
    private final Map<UUID, Retry> retries = new ConcurrentHashMap<>();
    private final Thread watch;
    private volatile boolean closed;

    /** @param poll how long a change by another process is not seen at the most */
    Reconciler(
            Applications applications,
            SnapshotStore snapshots,
            Ownership ownership,
            Steps steps,
            Leftovers leftovers,
            FormerConsumers consumers,
            Wakeup wakeup,
            Duration poll) {
        this.applications = applications;
        this.snapshots = snapshots;
        this.ownership = ownership;
        this.steps = steps;
        this.leftovers = leftovers;
        this.consumers = consumers;
        this.wakeup = wakeup;
        this.poll = poll;
        this.watch = Thread.ofPlatform().name("analytics").daemon().unstarted(this::watch);
    }

    private record Retry(int failures, long notBefore) {}

    public void start() {
        watch.start();
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        try {
            watch.join(GOODBYE);
            for (Thread step : busy.values()) {
                step.join(GOODBYE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try {
            ownership.release();
        } catch (RuntimeException e) {
            log.info("Applications are left to other processes once their leases' time is over", e);
        }
    }

    private void watch() {
        long swept = System.nanoTime();
        while (!closed) {
            try {
                look();
                if (System.nanoTime() - swept > SWEEP.toNanos()) {
                    swept = System.nanoTime();
                    leftovers.sweep();
                    consumers.sweep();
                } else if (consumers.hasNew()) {
                    consumers.sweep();
                }
            } catch (RuntimeException e) {
                if (!closed) {
                    log.warn("Applications are not led on for now", e);
                }
            }
            try {
                wakeup.await(poll);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void look() {
        lost.addAll(ownership.renew());
        lost.removeIf(id -> ownership.owns(id) || steps.abandon(id));
        Set<UUID> wanted = new HashSet<>(applications.passing());
        wanted.addAll(snapshots.applicationsWithPassing());
        for (UUID id : wanted) {
            if (!busy.containsKey(id) && isDue(id) && ownership.own(id)) {
                Thread step = Thread.ofVirtual().name("application-" + id).unstarted(() -> step(id));
                busy.put(id, step);
                step.start();
            }
        }
    }

    private boolean isDue(UUID id) {
        Retry retry = retries.get(id);
        return retry == null || System.nanoTime() - retry.notBefore() >= 0;
    }

    private void step(UUID id) {
        boolean more = false;
        try {
            places.acquire();
            try {
                more = !closed && steps.step(id);
                retries.remove(id);
            } finally {
                places.release();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            if (!closed) {
                log.warn("Application {} is not led on for now", id, e);
            }
            retries.compute(id, (_, before) -> {
                int failures = before == null ? 1 : before.failures() + 1;
                long seconds = Math.min(MOST_RETRY_SECONDS, 1L << Math.min(failures - 1, 5));
                return new Retry(failures, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
            });
        } finally {
            busy.remove(id);
        }
        if (more) {
            wakeup.raise();
        }
    }
}
