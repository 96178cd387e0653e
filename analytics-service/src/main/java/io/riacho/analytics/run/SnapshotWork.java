package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.snapshot.Snapshot;
import io.riacho.analytics.snapshot.SnapshotStore;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SnapshotStatus;

/** Takes the snapshots that were asked for, and makes an end of those that are not wanted any more. */
final class SnapshotWork {

    private final Leading leading;
    private final JobRunner runner;
    private final SnapshotStore snapshots;
    private final Leftovers leftovers;
    private final ApplicationLog log;

    SnapshotWork(
            Leading leading, JobRunner runner, SnapshotStore snapshots, Leftovers leftovers, ApplicationLog log) {
        this.leading = leading;
        this.runner = runner;
        this.snapshots = snapshots;
        this.leftovers = leftovers;
        this.log = log;
    }

    void work(Application application) {
        for (Snapshot snapshot : snapshots.passing(application.id())) {
            if (snapshot.status() == SnapshotStatus.DELETING) {
                leftovers.path(application.id(), snapshot.path(), null);
                snapshots.remove(snapshot);
            } else {
                take(application, snapshot);
            }
        }
    }

    private void take(Application application, Snapshot snapshot) {
        Run run = application.run();
        if (!application.isRunning() || run == null || run.job() == null) {
            snapshots.set(snapshot, SnapshotStatus.FAILED);
            return;
        }
        try {
            snapshots.taken(snapshot, runner.snapshot(run.job()));
        } catch (JobException e) {
            log.incident(
                    application,
                    run.id(),
                    leading.now(),
                    "Snapshot " + snapshot.name() + " failed: " + e.getMessage());
            snapshots.set(snapshot, SnapshotStatus.FAILED);
        }
    }
}
