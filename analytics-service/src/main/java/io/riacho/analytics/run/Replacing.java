package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Definition;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.application.StopPoint;
import io.riacho.analytics.snapshot.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationRestoreConfiguration;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationRestoreType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputStartingPosition;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RunConfigurationDescription;

/** Puts the job of an application's new version in the place of the old one's, and knows what to do where that fails. */
final class Replacing {

    private final Leading leading;
    private final JobStops stops;
    private final Starts starts;
    private final Leftovers leftovers;
    private final FormerConsumers consumers;
    private final ApplicationLog log;

    Replacing(
            Leading leading,
            JobStops stops,
            Starts starts,
            Leftovers leftovers,
            FormerConsumers consumers,
            ApplicationLog log) {
        this.leading = leading;
        this.stops = stops;
        this.starts = starts;
        this.leftovers = leftovers;
        this.consumers = consumers;
        this.log = log;
    }

    /** @return whether there is more to do at once */
    boolean replace(Application application, Run old) {
        StopPoint stop = stops.stop(application, old).orElse(null);
        Run next = next(application, old, stop);
        return leading.change(application, now -> {
            leftovers.run(application.id(), old.id(), next.id());
            if (stop != null) {
                leftovers.path(application.id(), savepoint(stop, old), next.id());
            }
            leftovers.inherit(old.id(), next.id());
            consumers.replaced(now, old.version());
            return now.with(next);
        });
    }

    /** The start or update has failed. */
    boolean giveUp(Application application, Run run, String message) {
        log.incident(application, run.id(), leading.now(), "Given up: " + message);
        if (application.status() == ApplicationStatus.UPDATING && rollsBack(application.definition())) {
            return leading.change(
                    application,
                    now -> leading.applications()
                            .rolledBack(now.withFailure(message), "RollbackApplication")
                            .withFailure(message));
        }
        boolean unused = leading.change(application, now -> {
            leftovers.run(application.id(), run.id(), null);
            leftovers.free(run.id());
            Application ended = now.end(ApplicationStatus.READY, message).with((Run) null);
            StopPoint point = now.lastStop();
            // A start leaves where it stopped before; an update has stopped what ran.
            return application.status() == ApplicationStatus.STARTING || (point == null && run.restoreFrom() == null)
                    ? ended
                    : ended.with(new StopPoint(run.restoreFrom(), readUntil(run), run.version()));
        });
        return false;
    }

    private Run next(Application application, Run old, @Nullable StopPoint stop) {
        Definition definition = application.definition();
        String state = stop == null ? old.restoreFrom() : stop.state();
        Map<String, Run.Position> positions = new HashMap<>();
        definition
                .inputs()
                .forEach(input -> positions.put(
                        input.inputId(),
                        stop == null && old.positions().containsKey(input.inputId())
                                ? old.positions().get(input.inputId())
                                : new Run.Position(
                                        InputStartingPosition.LAST_STOPPED_POINT.toString(),
                                        stop == null ? leading.now() : stop.readUntil())));
        boolean sql = definition.isSql();
        RunConfigurationDescription configured = definition.configuration().runConfigurationDescription();
        return new Run(
                UUID.randomUUID().toString(),
                application.version(),
                leading.now(),
                null,
                false,
                sql ? state : restored(application, configured, state),
                sql || allowNonRestored(configured),
                sql,
                positions,
                0,
                null);
    }

    /** An update goes on from where the job was stopped for it, unless it says otherwise. */
    private @Nullable String restored(
            Application application, @Nullable RunConfigurationDescription configured, @Nullable String state) {
        ApplicationRestoreConfiguration restore =
                configured == null ? null : configured.applicationRestoreConfigurationDescription();
        if (restore == null || application.status() == ApplicationStatus.ROLLING_BACK) {
            return state;
        }
        if (restore.applicationRestoreType() == ApplicationRestoreType.SKIP_RESTORE_FROM_SNAPSHOT) {
            return null;
        }
        if (restore.applicationRestoreType() == ApplicationRestoreType.RESTORE_FROM_CUSTOM_SNAPSHOT) {
            Snapshot named = starts.snapshot(application, restore);
            return named == null ? null : named.path();
        }
        return state;
    }

    private static boolean allowNonRestored(@Nullable RunConfigurationDescription configured) {
        return configured != null
                && configured.flinkRunConfigurationDescription() != null
                && Boolean.TRUE.equals(
                        configured.flinkRunConfigurationDescription().allowNonRestoredState());
    }

    private static boolean rollsBack(Definition definition) {
        var rollback = definition.configuration().applicationSystemRollbackConfigurationDescription();
        return !definition.isSql() && rollback != null && Boolean.TRUE.equals(rollback.rollbackEnabled());
    }

    private static Instant readUntil(Run run) {
        return run.positions().values().stream()
                .map(Run.Position::from)
                .filter(from -> from != null)
                .findFirst()
                .orElse(run.begunAt());
    }

    /** A checkpoint belongs to its run, and goes with it. */
    private static @Nullable String savepoint(StopPoint stop, Run old) {
        String state = stop.state();
        return state == null || state.equals(old.restoreFrom()) ? null : state;
    }
}
