package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.job.BusyException;
import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;

/**
 * Sees to it that an application's job runs, and that it computes the current version: starts it, watches it, starts it
 * anew from its newest checkpoint where it has gone, and replaces it where there is a new version.
 */
final class Running {

    /** A start or update that failed so often has failed. */
    private static final int STARTS = 3;

    /** Starts take long, and may not keep others from being stopped. */
    private static final int LAUNCHES_AT_A_TIME = 4;

    private static final long SOON_MILLIS = 100;
    /** A job that has run for so long is not one that fails again and again. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final Leading leading;
    private final JobRunner runner;
    private final ApplicationCodes codes;
    private final RunTokens tokens;
    private final Leftovers leftovers;
    private final Replacing replacing;
    private final Ending ending;
    private final FormerConsumers consumers;
    private final ApplicationLog log;
    private final RunMetrics metrics;
    private final Scaling scaling;
    private final Semaphore launches = new Semaphore(LAUNCHES_AT_A_TIME);
    private final Map<UUID, Seen> seen = new ConcurrentHashMap<>();

    Running(
            Leading leading,
            JobRunner runner,
            ApplicationCodes codes,
            RunTokens tokens,
            Leftovers leftovers,
            Replacing replacing,
            Ending ending,
            FormerConsumers consumers,
            ApplicationLog log,
            RunMetrics metrics,
            Scaling scaling) {
        this.leading = leading;
        this.runner = runner;
        this.codes = codes;
        this.tokens = tokens;
        this.leftovers = leftovers;
        this.replacing = replacing;
        this.ending = ending;
        this.consumers = consumers;
        this.log = log;
        this.metrics = metrics;
        this.scaling = scaling;
    }

    /** What was seen last of a run. */
    private record Seen(
            String run,
            String job,
            @Nullable String failure,
            @Nullable Instant runningSince) {}

    /** @return whether there is more to do at once */
    boolean lead(Application application) throws InterruptedException {
        Run run = application.run();
        if (run == null) {
            throw new IllegalStateException("Application " + application.name() + " has nothing to run");
        }
        if (run.version() != application.version()) {
            return replacing.replace(application, run);
        }
        String job = run.job();
        if (job == null) {
            return isDue(run) && launch(application, run);
        }
        JobStatus status = runner.status(job);
        tell(application, run, job, status);
        return switch (status.state()) {
            case RUNNING -> running(application, run, job);
            case STARTING, RESTARTING -> {
                boolean passing = !application.isRunning();
                if (passing && !run.everRan() && status.restarts() >= STARTS) {
                    runner.cancel(job);
                    yield replacing.giveUp(application, run, String.valueOf(status.failure()));
                }
                if (passing) {
                    Thread.sleep(SOON_MILLIS);
                }
                yield passing;
            }
            case FINISHED -> finished(application, run);
            case EXHAUSTED -> exhausted(application, run, status);
            case FAILED, CANCELED, UNKNOWN -> gone(application, run, status);
        };
    }

    private boolean exhausted(Application application, Run run, JobStatus status) {
        String failure = String.valueOf(status.failure());
        if (!application.isRunning() && !run.everRan()) {
            runner.cancel(String.valueOf(run.job()));
            return replacing.giveUp(application, run, failure);
        }
        return ending.exhausted(application, run, failure);
    }

    private boolean isDue(Run run) {
        return run.nextAttempt() == null || !leading.now().isBefore(run.nextAttempt());
    }

    private boolean launch(Application application, Run run) {
        if (!launches.tryAcquire()) {
            return false;
        }
        try {
            return start(application, run);
        } finally {
            launches.release();
        }
    }

    private boolean start(Application application, Run run) {
        String token = tokens.issue(run.id(), application.id(), leading.now());
        try {
            String job =
                    runner.start(codes.compile(application, run, token), run.restoreFrom(), run.allowNonRestored());
            if (!leading.change(application, now -> {
                tokens.keepOnly(application.id(), run.id());
                return now.with(run.withJob(job));
            })) {
                // Whoever changed it found no job to stop.
                runner.cancel(job);
            }
            return true;
        } catch (CodeException e) {
            return failed(application, run, AnalyticsErrors.text(e), STARTS);
        } catch (BusyException _) {
            return false;
        } catch (JobException e) {
            return failed(application, run, String.valueOf(e.getMessage()), run.attempts() + 1);
        }
    }

    /** @param attempts so far */
    private boolean failed(Application application, Run run, String message, int attempts) {
        log.incident(application, run.id(), leading.now(), message);
        if (!application.isRunning() && !run.everRan() && attempts >= STARTS) {
            return replacing.giveUp(application, run, message);
        }
        Instant when = leading.now().plus(Backoff.after(run.attempts() + 1));
        boolean unused = leading.change(application, now -> now.with(run.again(when)));
        return false;
    }

    private boolean running(Application application, Run run, String job) {
        Instant now = leading.now();
        Seen known = seen.get(application.id());
        Instant since = known == null || known.runningSince() == null ? now : known.runningSince();
        boolean steady = Duration.between(since, now).compareTo(STEADY) >= 0;
        if (!application.isRunning() && application.status() != ApplicationStatus.AUTOSCALING) {
            log.event(application, "runs");
            return leading.change(application, at -> {
                consumers.started(at);
                return at.end(ApplicationStatus.RUNNING, null).with(everRan(run));
            });
        }
        if (!run.everRan() || (steady && run.attempts() > 0)) {
            boolean unused = leading.change(application, at -> at.with(steady ? run.running() : everRan(run)));
            return false;
        }
        metrics.take(application, run, job);
        return scaling.scale(application, job);
    }

    private static Run everRan(Run run) {
        return run.attempts() == 0 ? run.running() : run.ran();
    }

    private boolean finished(Application application, Run run) {
        log.event(application, "has computed all that there was");
        leftovers.run(application.id(), run.id(), null);
        leftovers.free(run.id());
        boolean unused = leading.change(
                application, now -> now.end(ApplicationStatus.READY, null).with((Run) null));
        return false;
    }

    /** The job is no more: because it failed, or because its cluster is no more. */
    private boolean gone(Application application, Run run, JobStatus status) {
        boolean hasFailed = status.state() == JobStatus.State.FAILED;
        if (hasFailed && !application.isRunning() && !run.everRan() && run.attempts() + 1 >= STARTS) {
            return replacing.giveUp(application, run, String.valueOf(status.failure()));
        }
        Optional<String> checkpoint = runner.newestCheckpoint(run.id());
        String next = UUID.randomUUID().toString();
        Instant when = leading.now().plus(Backoff.after(hasFailed ? run.attempts() + 1 : run.attempts()));
        log.event(
                application,
                "begins anew, from "
                        + checkpoint.map(_ -> "its newest checkpoint").orElse("where it began"));
        boolean changed = leading.change(application, now -> {
            leftovers.run(application.id(), run.id(), next);
            leftovers.inherit(run.id(), next);
            return now.with(run.next(next, checkpoint.orElse(null), when, hasFailed));
        });
        seen.remove(application.id());
        return changed && !when.isAfter(leading.now());
    }

    /** Writes down what is new about the job. */
    private void tell(Application application, Run run, String job, JobStatus status) {
        Seen last = seen.get(application.id());
        Seen known = last != null && last.run().equals(run.id()) ? last : new Seen(run.id(), job, null, null);
        String failure = status.failure();
        boolean isNew = failure != null && !failure.equals(known.failure());
        if (failure != null && isNew) {
            log.incident(application, run.id(), leading.now(), failure);
        }
        Instant since = null;
        if (status.state() == JobStatus.State.RUNNING) {
            since = known.runningSince() == null || isNew ? leading.now() : known.runningSince();
        }
        seen.put(application.id(), new Seen(run.id(), job, failure, since));
    }

    /** See {@link Steps#abandon}. */
    boolean abandon(UUID id) {
        Seen known = seen.get(id);
        if (known == null) {
            return true;
        }
        Run now = leading.find(id).map(Application::run).orElse(null);
        if (now != null && now.id().equals(known.run())) {
            return false;
        }
        runner.cancel(known.job());
        forget(id);
        return true;
    }

    /** Another process leads it, or nobody, for it is no more. */
    void forget(UUID id) {
        seen.remove(id);
        metrics.forget(id);
        scaling.forget(id);
    }
}
