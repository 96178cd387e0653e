package io.riacho.analytics.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at jobs from time to time, and gives them the parallelism that {@link ScalingDecision} finds. */
final class Autoscaler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Autoscaler.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final FlinkJobRunner jobs;
    private final Map<String, ScalingDecision> watched = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService clock;

    Autoscaler(FlinkJobRunner jobs) {
        this.jobs = jobs;
    }

    /** From now until the job ends. */
    synchronized void watch(String job, int most) {
        watched.putIfAbsent(job, new ScalingDecision(most, Instant.now()));
        if (clock == null) {
            clock = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("analytics-autoscaler").factory());
            clock.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        watched.forEach((job, decision) -> {
            try {
                look(job, decision);
            } catch (RuntimeException e) {
                LOG.warn("Could not look how busy job {} is: {}", job, e.toString());
            }
        });
    }

    private void look(String job, ScalingDecision decision) {
        switch (jobs.status(job).state()) {
            case RUNNING -> scale(job, decision);
            case STARTING, RESTARTING -> {}
            case FAILED, FINISHED, CANCELED, UNKNOWN -> watched.remove(job);
        }
    }

    private void scale(String job, ScalingDecision decision) {
        Map<String, Double> metrics = jobs.metrics(job).values();
        int parallelism = metrics.getOrDefault("parallelism", 0.0).intValue();
        if (parallelism == 0) {
            return;
        }
        ScalingDecision.Load load = new ScalingDecision.Load(
                parallelism,
                metrics.getOrDefault("busyTimeMsPerSecond", 0.0),
                metrics.getOrDefault("backPressuredTimeMsPerSecond", 0.0),
                metrics.getOrDefault("millisBehindLatest", 0.0));
        OptionalInt better = decision.decide(Instant.now(), load);
        if (better.isPresent()) {
            int places = jobs.freeSlots();
            int possible = (int) Math.min(better.getAsInt(), (long) parallelism + places);
            if (possible != parallelism) {
                LOG.info("Scaling job {} from {} to {}: {}", job, parallelism, possible, load);
                jobs.rescale(job, possible);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (clock != null) {
            clock.shutdownNow();
        }
    }
}
