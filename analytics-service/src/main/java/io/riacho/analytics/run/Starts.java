package io.riacho.analytics.run;

import io.riacho.analytics.application.Api;
import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.Definition;
import io.riacho.analytics.application.DefinitionCheck;
import io.riacho.analytics.application.Operation;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.application.StopPoint;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.snapshot.Snapshot;
import io.riacho.analytics.snapshot.SnapshotStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationRestoreConfiguration;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationRestoreType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputStartingPosition;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RunConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SnapshotStatus;

/** Takes in that an application is to start, to stop, or to be no more; what is to be done for that, others do. */
public final class Starts {

    private static final Set<ApplicationStatus> FORCIBLE = Set.of(
            ApplicationStatus.STARTING,
            ApplicationStatus.UPDATING,
            ApplicationStatus.STOPPING,
            ApplicationStatus.AUTOSCALING,
            ApplicationStatus.RUNNING);

    private final Applications applications;
    private final SnapshotStore snapshots;
    private final DefinitionCheck check;

    public Starts(Applications applications, SnapshotStore snapshots, DefinitionCheck check) {
        this.applications = applications;
        this.snapshots = snapshots;
        this.check = check;
    }

    /**
     * How an application is to start.
     *
     * @param positions of inputs by their ids, of an SQL application
     * @param restore of a Flink application; null for what it did last time, or the latest snapshot
     * @param allowNonRestored of a Flink application; null for what it did last time
     */
    public record Request(
            Map<String, InputStartingPosition> positions,
            @Nullable ApplicationRestoreConfiguration restore,
            @Nullable Boolean allowNonRestored) {}

    /** @return the id of the operation */
    public String start(String name, Api by, Request request) {
        Application known = applications.get(name);
        requireStartable(known, by);
        try {
            check.check(known, known.definition());
        } catch (CodeException e) {
            throw AnalyticsErrors.invalidConfiguration(e);
        } catch (JobException e) {
            throw AnalyticsErrors.serviceUnavailable(String.valueOf(e.getMessage()));
        }
        Operation operation = Operation.of("StartApplication", applications.now());
        applications.change(name, now -> {
            requireStartable(now, by);
            if (!now.id().equals(known.id()) || now.version() != known.version()) {
                throw AnalyticsErrors.concurrentModification("Application " + name + " was changed meanwhile.");
            }
            Application begun = now.definition().isSql() ? sql(now, request) : flink(now, request);
            return begun.begin(ApplicationStatus.STARTING, operation);
        });
        return operation.id();
    }

    /**
     * @param force without a snapshot, and whatever it is about to do; of Flink applications only
     * @return the id of the operation
     */
    public String stop(String name, Api by, boolean force) {
        Operation operation = Operation.of("StopApplication", applications.now());
        applications.change(name, now -> {
            Applications.requireApi(now, by);
            if (force && now.definition().isSql()) {
                throw AnalyticsErrors.invalidArgument("SQL applications cannot be stopped by force.");
            }
            if (!(force ? FORCIBLE.contains(now.status()) : now.isRunning())) {
                throw AnalyticsErrors.wrongState(name, now.status().toString());
            }
            return now.begin(force ? ApplicationStatus.FORCE_STOPPING : ApplicationStatus.STOPPING, operation);
        });
        return operation.id();
    }

    /** @param createdAt as its creator knows it, to the second */
    public void delete(String name, Api by, Instant createdAt) {
        applications.change(name, now -> {
            Applications.requireApi(now, by);
            if (now.createdAt().getEpochSecond() != createdAt.getEpochSecond()) {
                throw AnalyticsErrors.invalidArgument("CreateTimestamp is not that of application " + name + ".");
            }
            if (now.status() == ApplicationStatus.DELETING) {
                return now;
            }
            if (!now.isAtRest() && !now.isRunning()) {
                throw AnalyticsErrors.wrongState(name, now.status().toString());
            }
            return now.begin(ApplicationStatus.DELETING, Operation.of("DeleteApplication", applications.now()));
        });
    }

    private static void requireStartable(Application application, Api by) {
        Applications.requireApi(application, by);
        if (!application.isAtRest()) {
            throw AnalyticsErrors.wrongState(
                    application.name(), application.status().toString());
        }
    }

    private Application sql(Application now, Request request) {
        if (request.restore() != null || request.allowNonRestored() != null) {
            throw AnalyticsErrors.invalidArgument("SQL applications have no snapshots to be restored from.");
        }
        Definition definition = now.definition();
        if (definition.inputs().isEmpty()) {
            throw AnalyticsErrors.invalidConfiguration("Application " + now.name() + " has no input.");
        }
        for (String id : request.positions().keySet()) {
            if (definition.inputs().stream().noneMatch(input -> id.equals(input.inputId()))) {
                throw AnalyticsErrors.invalidArgument("Input " + id + " not found.");
            }
        }
        Instant time = applications.now();
        StopPoint stop = now.lastStop();
        Map<String, Run.Position> positions = new HashMap<>();
        List<InputDescription> inputs = new ArrayList<>();
        boolean goesOn = stop != null;
        for (InputDescription input : definition.inputs()) {
            InputStartingPosition asked = request.positions().get(input.inputId());
            if (asked == null) {
                asked = stop == null ? InputStartingPosition.NOW : InputStartingPosition.LAST_STOPPED_POINT;
            }
            goesOn &= asked == InputStartingPosition.LAST_STOPPED_POINT;
            String position = asked.toString();
            positions.put(input.inputId(), new Run.Position(position, from(asked, time, stop)));
            inputs.add(input.toBuilder()
                    .inputStartingPositionConfiguration(at -> at.inputStartingPosition(position))
                    .build());
        }
        Application told = now.retold(definition.with(
                definition.sql().toBuilder().inputDescriptions(inputs).build()));
        return told.with(new Run(
                UUID.randomUUID().toString(),
                now.version(),
                time,
                null,
                false,
                goesOn && stop != null ? stop.state() : null,
                true,
                true,
                positions,
                0,
                null));
    }

    /** What arrived before the application stopped last was read; what is to be read from now on, arrives from now on. */
    private static @Nullable Instant from(InputStartingPosition asked, Instant now, @Nullable StopPoint stop) {
        return switch (asked) {
            case TRIM_HORIZON -> null;
            case LAST_STOPPED_POINT -> stop == null ? now : stop.readUntil();
            default -> now;
        };
    }

    private Application flink(Application now, Request request) {
        if (!request.positions().isEmpty()) {
            throw AnalyticsErrors.invalidArgument("Flink applications have no SqlRunConfigurations.");
        }
        RunConfigurationDescription configured = merged(now, request);
        ApplicationRestoreConfiguration restore = configured.applicationRestoreConfigurationDescription();
        Snapshot from = snapshot(now, restore);
        Application told = now.retold(now.definition()
                .with(now.definition().configuration().toBuilder()
                        .runConfigurationDescription(configured)
                        .build()));
        return told.with(new Run(
                UUID.randomUUID().toString(),
                now.version(),
                applications.now(),
                null,
                false,
                from == null ? null : from.path(),
                Boolean.TRUE.equals(
                        configured.flinkRunConfigurationDescription().allowNonRestoredState()),
                false,
                Map.of(),
                0,
                null));
    }

    private static RunConfigurationDescription merged(Application now, Request request) {
        RunConfigurationDescription known = now.definition().configuration().runConfigurationDescription();
        RunConfigurationDescription.Builder merged =
                known == null ? RunConfigurationDescription.builder() : known.toBuilder();
        if (request.restore() != null) {
            merged.applicationRestoreConfigurationDescription(request.restore());
        } else if (known == null || known.applicationRestoreConfigurationDescription() == null) {
            merged.applicationRestoreConfigurationDescription(
                    restore -> restore.applicationRestoreType(ApplicationRestoreType.RESTORE_FROM_LATEST_SNAPSHOT));
        }
        if (request.allowNonRestored() != null || known == null || known.flinkRunConfigurationDescription() == null) {
            merged.flinkRunConfigurationDescription(
                    flink -> flink.allowNonRestoredState(Boolean.TRUE.equals(request.allowNonRestored())));
        }
        return merged.build();
    }

    /** The snapshot that is to be restored; null where there is none. */
    @Nullable
    Snapshot snapshot(Application application, ApplicationRestoreConfiguration restore) {
        return switch (restore.applicationRestoreType()) {
            case SKIP_RESTORE_FROM_SNAPSHOT -> {
                requireNoName(restore);
                yield null;
            }
            case RESTORE_FROM_CUSTOM_SNAPSHOT -> {
                String name = restore.snapshotName();
                if (name == null) {
                    throw AnalyticsErrors.invalidArgument("RESTORE_FROM_CUSTOM_SNAPSHOT needs a SnapshotName.");
                }
                yield snapshots
                        .find(application.id(), name)
                        .filter(found -> found.status() == SnapshotStatus.READY)
                        .orElseThrow(() -> AnalyticsErrors.resourceNotFound("Snapshot " + name + " not found."));
            }
            default -> {
                requireNoName(restore);
                yield snapshots.latest(application.id()).orElse(null);
            }
        };
    }

    private static void requireNoName(ApplicationRestoreConfiguration restore) {
        if (restore.snapshotName() != null) {
            throw AnalyticsErrors.invalidArgument("SnapshotName belongs to RESTORE_FROM_CUSTOM_SNAPSHOT only.");
        }
    }
}
