package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import java.util.UUID;

/** Does the next thing that an application needs. */
final class Steps {

    private final Leading leading;
    private final Running running;
    private final Ending ending;
    private final SnapshotWork snapshots;

    Steps(Leading leading, Running running, Ending ending, SnapshotWork snapshots) {
        this.leading = leading;
        this.running = running;
        this.ending = ending;
        this.snapshots = snapshots;
    }

    /** @return whether there is more to do at once */
    boolean step(UUID id) throws InterruptedException {
        Application application = leading.find(id).orElse(null);
        if (application == null) {
            running.forget(id);
            return false;
        }
        snapshots.work(application);
        return switch (application.status()) {
            case STARTING, RUNNING, UPDATING, ROLLING_BACK, AUTOSCALING, MAINTENANCE -> running.lead(application);
            case STOPPING -> ending.stop(application);
            case FORCE_STOPPING -> ending.stopByForce(application);
            case DELETING -> {
                boolean more = ending.delete(application);
                running.forget(id);
                yield more;
            }
            default -> false;
        };
    }

    /**
     * Another process leads the application now. A job that only this one's cluster has is ended once the other has its own.
     *
     * @return whether there is nothing more to be done about it
     */
    boolean abandon(UUID id) {
        return running.abandon(id);
    }
}
