package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.application.StopPoint;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.snapshot.Snapshot;
import io.riacho.analytics.snapshot.SnapshotStore;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SnapshotStatus;

/** Stops applications, and makes an end of them. */
final class Ending {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'stop-'yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int SNAPSHOTS_AT_A_TIME = 1000;

    private final Leading leading;
    private final JobRunner runner;
    private final JobStops stops;
    private final Leftovers leftovers;
    private final FormerConsumers consumers;
    private final SnapshotStore snapshots;
    private final RunTokens tokens;
    private final ApplicationLog log;

    Ending(
            Leading leading,
            JobRunner runner,
            JobStops stops,
            Leftovers leftovers,
            FormerConsumers consumers,
            SnapshotStore snapshots,
            RunTokens tokens,
            ApplicationLog log) {
        this.leading = leading;
        this.runner = runner;
        this.stops = stops;
        this.leftovers = leftovers;
        this.consumers = consumers;
        this.snapshots = snapshots;
        this.tokens = tokens;
        this.log = log;
    }

    boolean stop(Application application) {
        return stop(application, null);
    }

    /** The job took more than a job may have: it is not started again until somebody says so, with what it had come to. */
    boolean exhausted(Application application, Run run, String failure) {
        log.incident(application, run.id(), leading.now(), failure);
        if (run.job() != null) {
            runner.cancel(run.job());
        }
        return stop(application, failure);
    }

    /** @param failure why it is stopped, where nobody asked for it */
    private boolean stop(Application application, @Nullable String failure) {
        Run run = application.run();
        boolean keepsState = application.definition().isSql() || snapshotsEnabled(application);
        if (run == null || !keepsState) {
            return stopByForce(application, failure);
        }
        StopPoint point = stops.stop(application, run).orElse(null);
        boolean stopped = leading.change(application, now -> {
            Application ended = now.end(ApplicationStatus.READY, failure).with((Run) null);
            if (point == null) {
                return ended;
            }
            boolean ofRun = point.state() != null
                    && point.state().equals(runner.newestCheckpoint(run.id()).orElse(null));
            StopPoint before = now.lastStop();
            if (application.definition().isSql()) {
                if (before != null && before.state() != null && !before.state().equals(point.state())) {
                    leftovers.path(now.id(), before.state(), null);
                }
            } else if (point.state() != null) {
                snapshots.addTaken(new Snapshot(
                        now.id(),
                        NAME.format(leading.now()),
                        SnapshotStatus.READY,
                        run.version(),
                        now.definition().runtime(),
                        leading.now(),
                        point.state()));
            }
            if (!ofRun) {
                leftovers.run(now.id(), run.id(), null);
            }
            leftovers.free(run.id());
            return ended.with(point);
        });
        if (stopped) {
            over(application, "has stopped");
        }
        return false;
    }

    /** What it had come to is lost, but for its snapshots. */
    boolean stopByForce(Application application) {
        return stopByForce(application, null);
    }

    private boolean stopByForce(Application application, @Nullable String failure) {
        Run run = application.run();
        if (run != null && run.job() != null) {
            runner.cancel(run.job());
        }
        boolean stopped = leading.change(application, now -> {
            if (run != null) {
                leftovers.run(now.id(), run.id(), null);
                leftovers.free(run.id());
            }
            return now.end(ApplicationStatus.READY, failure).with((Run) null);
        });
        if (stopped) {
            over(application, "was stopped");
        }
        return false;
    }

    boolean delete(Application application) {
        Run run = application.run();
        if (run != null && run.job() != null) {
            runner.cancel(run.job());
        }
        if (run != null) {
            leftovers.run(application.id(), run.id(), null);
            leftovers.free(run.id());
        }
        StopPoint stop = application.lastStop();
        if (stop != null && application.definition().isSql()) {
            leftovers.path(application.id(), stop.state(), null);
        }
        List<Snapshot> all = snapshots.list(application.id(), 0, SNAPSHOTS_AT_A_TIME);
        for (Snapshot snapshot : all) {
            leftovers.path(application.id(), snapshot.path(), null);
            snapshots.remove(snapshot);
        }
        consumers.deleted(application);
        leading.remove(application);
        return false;
    }

    private void over(Application application, String message) {
        log.event(application, message);
        tokens.keepOnly(application.id(), "");
    }

    private static boolean snapshotsEnabled(Application application) {
        var configured = application.definition().configuration().applicationSnapshotConfigurationDescription();
        return configured == null || !Boolean.FALSE.equals(configured.snapshotsEnabled());
    }
}
