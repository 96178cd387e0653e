package io.riacho.analytics.application;

import io.riacho.analytics.error.AnalyticsErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationRestoreType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CheckpointConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ConfigurationType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.FlinkApplicationConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.LogLevel;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.MetricsLevel;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.MonitoringConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ParallelismConfigurationDescription;

/** How a Flink application checkpoints, scales and logs: Managed Flink's defaults, and what may be set of it. */
public final class FlinkConfiguration {

    private static final long CHECKPOINT_INTERVAL = 60_000;
    private static final long MIN_PAUSE = 5_000;
    private static final long LEAST_INTERVAL = 100;
    private static final int MOST_PARALLELISM = 256;
    private static final int MOST_PER_KPU = 8;

    private FlinkConfiguration() {}

    /**
     * The definition with what was given, and the defaults for all else.
     *
     * @param given FlinkApplicationConfiguration, or its update
     */
    public static Definition with(Definition definition, @Nullable SdkPojo given) {
        FlinkApplicationConfigurationDescription before =
                definition.configuration().flinkApplicationConfigurationDescription();
        FlinkApplicationConfigurationDescription known = before == null
                ? FlinkApplicationConfigurationDescription.builder().build()
                : before;
        FlinkApplicationConfigurationDescription wanted = given == null ? known : Shapes.updated(known, given);
        FlinkApplicationConfigurationDescription complete = FlinkApplicationConfigurationDescription.builder()
                .checkpointConfigurationDescription(checkpoints(wanted.checkpointConfigurationDescription()))
                .monitoringConfigurationDescription(monitoring(wanted.monitoringConfigurationDescription()))
                .parallelismConfigurationDescription(parallelism(wanted.parallelismConfigurationDescription()))
                .build();
        return definition.with(definition.configuration().toBuilder()
                .flinkApplicationConfigurationDescription(complete)
                .build());
    }

    /** What a Flink application has when it is new. */
    public static Definition withDefaults(Definition definition) {
        return definition.with(definition.configuration().toBuilder()
                .applicationSnapshotConfigurationDescription(snapshots -> snapshots.snapshotsEnabled(true))
                .applicationSystemRollbackConfigurationDescription(rollback -> rollback.rollbackEnabled(false))
                .runConfigurationDescription(run -> run.applicationRestoreConfigurationDescription(restore ->
                                restore.applicationRestoreType(ApplicationRestoreType.RESTORE_FROM_LATEST_SNAPSHOT))
                        .flinkRunConfigurationDescription(flink -> flink.allowNonRestoredState(false)))
                .build());
    }

    private static CheckpointConfigurationDescription checkpoints(@Nullable CheckpointConfigurationDescription given) {
        if (given != null) {
            requireDefault(given.configurationType(), given.checkpointingEnabled(), true);
            requireDefault(given.configurationType(), given.checkpointInterval(), CHECKPOINT_INTERVAL);
            requireDefault(given.configurationType(), given.minPauseBetweenCheckpoints(), MIN_PAUSE);
        }
        if (given == null || given.configurationType() != ConfigurationType.CUSTOM) {
            return CheckpointConfigurationDescription.builder()
                    .configurationType(ConfigurationType.DEFAULT)
                    .checkpointingEnabled(true)
                    .checkpointInterval(CHECKPOINT_INTERVAL)
                    .minPauseBetweenCheckpoints(MIN_PAUSE)
                    .build();
        }
        if (Boolean.FALSE.equals(given.checkpointingEnabled())) {
            throw AnalyticsErrors.notSupported("CheckpointingEnabled false, with which an application would lose its"
                    + " place at each restart,");
        }
        long interval = given.checkpointInterval() == null ? CHECKPOINT_INTERVAL : given.checkpointInterval();
        if (interval < LEAST_INTERVAL) {
            throw AnalyticsErrors.invalidArgument("CheckpointInterval has to be at least " + LEAST_INTERVAL + " ms.");
        }
        return given.toBuilder()
                .checkpointingEnabled(true)
                .checkpointInterval(interval)
                .minPauseBetweenCheckpoints(
                        given.minPauseBetweenCheckpoints() == null ? MIN_PAUSE : given.minPauseBetweenCheckpoints())
                .build();
    }

    private static MonitoringConfigurationDescription monitoring(@Nullable MonitoringConfigurationDescription given) {
        if (given != null) {
            requireDefault(given.configurationType(), given.metricsLevel(), MetricsLevel.APPLICATION);
            requireDefault(given.configurationType(), given.logLevel(), LogLevel.INFO);
        }
        if (given == null || given.configurationType() != ConfigurationType.CUSTOM) {
            return MonitoringConfigurationDescription.builder()
                    .configurationType(ConfigurationType.DEFAULT)
                    .metricsLevel(MetricsLevel.APPLICATION)
                    .logLevel(LogLevel.INFO)
                    .build();
        }
        if (given.metricsLevel() != null && given.metricsLevel() != MetricsLevel.APPLICATION) {
            throw AnalyticsErrors.notSupported("MetricsLevel " + given.metricsLevelAsString());
        }
        return given.toBuilder()
                .metricsLevel(MetricsLevel.APPLICATION)
                .logLevel(given.logLevel() == null ? LogLevel.INFO : given.logLevel())
                .build();
    }

    private static ParallelismConfigurationDescription parallelism(
            @Nullable ParallelismConfigurationDescription given) {
        if (given != null) {
            requireDefault(given.configurationType(), given.parallelism(), 1);
            requireDefault(given.configurationType(), given.parallelismPerKPU(), 1);
            requireDefault(given.configurationType(), given.autoScalingEnabled(), true);
        }
        if (given == null || given.configurationType() != ConfigurationType.CUSTOM) {
            return ParallelismConfigurationDescription.builder()
                    .configurationType(ConfigurationType.DEFAULT)
                    .parallelism(1)
                    .parallelismPerKPU(1)
                    .currentParallelism(1)
                    .autoScalingEnabled(true)
                    .build();
        }
        int parallelism = given.parallelism() == null ? 1 : given.parallelism();
        int perKpu = given.parallelismPerKPU() == null ? 1 : given.parallelismPerKPU();
        if (parallelism > MOST_PARALLELISM) {
            throw AnalyticsErrors.invalidArgument("Parallelism can be at most " + MOST_PARALLELISM + ".");
        }
        if (perKpu > MOST_PER_KPU) {
            throw AnalyticsErrors.invalidArgument("ParallelismPerKPU can be at most " + MOST_PER_KPU + ".");
        }
        return given.toBuilder()
                .parallelism(parallelism)
                .parallelismPerKPU(perKpu)
                .currentParallelism(parallelism)
                .autoScalingEnabled(given.autoScalingEnabled() == null || given.autoScalingEnabled())
                .build();
    }

    /** What is set with the type DEFAULT would count for nothing. */
    private static <T> void requireDefault(@Nullable ConfigurationType type, @Nullable T given, T byDefault) {
        if (type != ConfigurationType.CUSTOM && given != null && !given.equals(byDefault)) {
            throw AnalyticsErrors.invalidArgument(
                    "ConfigurationType has to be CUSTOM where " + given + " takes the place of " + byDefault + ".");
        }
    }
}
