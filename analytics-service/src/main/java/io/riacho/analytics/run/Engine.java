package io.riacho.analytics.run;

import io.riacho.analytics.application.Applications;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.snapshot.SnapshotStore;
import io.riacho.metrics.history.MetricHistory;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Leads the applications of this process, from when it is started until it is closed. */
public final class Engine implements AutoCloseable {

    private final Reconciler reconciler;
    private final RunMetrics metrics;

    private Engine(Reconciler reconciler, RunMetrics metrics) {
        this.reconciler = reconciler;
        this.metrics = metrics;
    }

    /** What it works with. */
    public record Parts(
            Applications applications,
            SnapshotStore snapshots,
            Starts starts,
            ApplicationCodes codes,
            JobRunner runner,
            RunTokens tokens,
            ApplicationLog log,
            MetricHistory history,
            Deregistration deregistration) {}

    /**
     * @param poll how often applications are looked at
     * @param maxParallelism that autoscaling gives
     */
    public record Settings(Duration poll, int maxParallelism) {}

    public static Engine of(Parts parts, JdbcClient jdbc, Ownership ownership, Wakeup wakeup, Settings settings) {
        JobRunner runner = parts.runner();
        Leading leading = new Leading(parts.applications(), ownership);
        Leftovers leftovers = new Leftovers(jdbc, runner);
        FormerConsumers consumers = new FormerConsumers(jdbc, leading, parts.deregistration());
        JobStops stops = new JobStops(runner, leading);
        RunMetrics metrics = new RunMetrics(runner, parts.history(), leading);
        Replacing replacing = new Replacing(leading, stops, parts.starts(), leftovers, consumers, parts.log());
        Scaling scaling = new Scaling(leading, runner, metrics, settings.maxParallelism());
        Ending ending = new Ending(
                leading, runner, stops, leftovers, consumers, parts.snapshots(), parts.tokens(), parts.log());
        Running running = new Running(
                leading,
                runner,
                parts.codes(),
                parts.tokens(),
                leftovers,
                replacing,
                ending,
                consumers,
                parts.log(),
                metrics,
                scaling);
        Steps steps = new Steps(
                leading, running, ending, new SnapshotWork(leading, runner, parts.snapshots(), leftovers, parts.log()));
        return new Engine(
                new Reconciler(
                        parts.applications(),
                        parts.snapshots(),
                        ownership,
                        steps,
                        leftovers,
                        consumers,
                        wakeup,
                        settings.poll()),
                metrics);
    }

    public void start() {
        reconciler.start();
    }

    /** What the application's job measured last, by the names of Managed Flink. */
    public Map<String, Double> metrics(UUID application) {
        return metrics.last(application);
    }

    @Override
    public void close() {
        reconciler.close();
    }
}
