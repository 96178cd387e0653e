package io.riacho.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of one part as its probe finds it. There is never more than one probe under way, an answer is good for a
 * second, and nobody waits longer than the patience allows: however many ask, and however long the part does not answer.
 * A probe that hangs is waited for by nobody, and the part is well again once it, or the next one, comes back with good
 * news. Changes are logged. Safe for use by many threads.
 */
public final class ProbedHealth implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ProbedHealth.class);
    private static final String REASON = "reason";
    private static final String SILENT = "does not answer";
    private static final String FAILED = "fails";
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String part;
    private final Duration patience;
    private final Probe probe;
    private @Nullable Attempt latest;
    private @Nullable Attempt finished;
    private String told = "";

    /** What was found, or will be. */
    private static final class Attempt {

        private final long begin = System.nanoTime();
        private final CompletableFuture<Optional<String>> fault = new CompletableFuture<>();
        private volatile long end;

        boolean isUsable() {
            return !fault.isDone() || System.nanoTime() - end < FRESH_NANOS;
        }
    }

    /**
     * @param part as the log and meters name it
     * @param patience after which a probe's silence means that the part does not work
     */
    public ProbedHealth(String part, Duration patience, Probe probe) {
        this.part = part;
        this.patience = patience;
        this.probe = probe;
    }

    @Override
    public Health health() {
        Optional<String> fault = await(attempt());
        tell(fault.orElse(""));
        return fault.map(reason -> Health.down().withDetail(REASON, reason))
                .orElseGet(Health::up)
                .build();
    }

    /** The part, as the log and meters name it. */
    public String part() {
        return part;
    }

    /** 1 where the part works, and 0 where it does not, as far as is known without waiting; {@code NaN} at first. */
    synchronized double lastKnown() {
        Attempt current = attempt();
        if (!current.fault.isDone()) {
            if (System.nanoTime() - current.begin > patience.toNanos()) {
                return 0;
            }
            if (finished == null) {
                return Double.NaN;
            }
            current = finished;
        }
        return current.fault.join().isEmpty() ? 1 : 0;
    }

    private synchronized Attempt attempt() {
        Attempt current = latest;
        if (current != null && current.isUsable()) {
            return current;
        }
        finished = current;
        Attempt next = new Attempt();
        latest = next;
        Thread.ofVirtual().name("health-" + part).start(() -> run(next));
        return next;
    }

    private void run(Attempt attempt) {
        Optional<String> fault;
        try {
            fault = probe.fault();
        } catch (Exception e) {
            log.debug("{} does not work", part, e);
            fault = Optional.of(FAILED);
        } catch (Error e) {
            attempt.end = System.nanoTime();
            attempt.fault.complete(Optional.of(FAILED));
            throw e;
        }
        attempt.end = System.nanoTime();
        attempt.fault.complete(fault);
    }

    private Optional<String> await(Attempt attempt) {
        long rest = patience.toNanos() - (System.nanoTime() - attempt.begin);
        try {
            return attempt.fault.get(Math.max(0, rest), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.of(SILENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(SILENT);
        } catch (ExecutionException e) {
            return Optional.of(FAILED);
        }
    }

    private synchronized void tell(String fault) {
        if (fault.equals(told)) {
            return;
        }
        if (fault.isEmpty()) {
            log.info("{} works again", part);
        } else {
            log.warn("{} does not work: {}", part, fault);
        }
        told = fault;
    }
}
