package io.riacho.analytics.usage;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.ApplicationHistory;
import io.riacho.analytics.application.Run;
import io.riacho.usage.UsageSchedule;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.Amounts;
import io.riacho.usage.hours.UsageSource;
import io.riacho.usage.hours.UsageSpans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.FlinkApplicationConfigurationDescription;

/**
 * Meters applications: how long each runs, and with how many KPUs, is stored with the change that begins or ends it. Safe
 * for use by many threads and processes.
 */
public final class AnalyticsUsage implements ApplicationHistory, AutoCloseable {

    /** From when a job runs to when it does no more. */
    private static final Set<ApplicationStatus> CHARGED = EnumSet.of(
            ApplicationStatus.RUNNING,
            ApplicationStatus.UPDATING,
            ApplicationStatus.AUTOSCALING,
            ApplicationStatus.ROLLING_BACK,
            ApplicationStatus.MAINTENANCE,
            ApplicationStatus.STOPPING,
            ApplicationStatus.FORCE_STOPPING);

    private static final Duration TIDY_INTERVAL = Duration.ofHours(1);

    private final UsageTables tables;
    private final UsageSpans spans;
    private final InstantSource clock;
    private final boolean isEnabled;
    private final UsageSchedule schedule = new UsageSchedule("analytics-usage");
    private volatile Instant accruedTo = Instant.MIN;

    public AnalyticsUsage(UsageTables tables, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
        spans = tables.spans();
        isEnabled = tables.properties().enabled();
    }

    /** Begins to meter, with what runs already; or ends what the last process has metered, where usage is not metered. */
    public void begin(List<Application> applications) {
        if (isEnabled) {
            tables.transaction().executeWithoutResult(_ -> applications.forEach(this::changed));
            schedule.every(tables.properties().interval(), this::accrueEachHour)
                    .every(
                            TIDY_INTERVAL,
                            () -> tables.hours()
                                    .forget(clock.instant(), tables.properties().retention()));
        } else {
            tables.transaction().executeWithoutResult(_ -> {
                spans.endAll(AnalyticsMeters.KIND, clock.instant());
                accrue(clock.instant());
            });
        }
    }

    public UsageSource source() {
        return tables.source("kinesisanalytics", AnalyticsMeters.ALL, this::bringUpToDate);
    }

    @Override
    public void changed(Application after) {
        if (isEnabled) {
            spans.change(AnalyticsMeters.KIND, after.id().toString(), after.name(), rates(after), clock.instant());
        }
    }

    @Override
    public void removed(UUID id) {
        if (isEnabled) {
            spans.change(AnalyticsMeters.KIND, id.toString(), "", Map.of(), clock.instant());
        }
    }

    private static Map<String, Long> rates(Application application) {
        Run run = application.run();
        if (run == null || !run.everRan() || !CHARGED.contains(application.status())) {
            return Map.of();
        }
        return Map.of(AnalyticsMeters.KPU_HOURS, kpus(application), AnalyticsMeters.RUNNING_HOURS, 1L);
    }

    /** As Managed Flink counts: one more for its own work. Of the SQL dialect's applications each has one. */
    private static long kpus(Application application) {
        FlinkApplicationConfigurationDescription flink =
                application.definition().configuration().flinkApplicationConfigurationDescription();
        if (application.definition().isSql() || flink == null) {
            return 1;
        }
        var parallelism = flink.parallelismConfigurationDescription();
        return parallelism == null
                ? 2
                : Math.ceilDiv(parallelism.currentParallelism(), parallelism.parallelismPerKPU()) + 1L;
    }

    private void accrueEachHour() {
        if (accruedTo.isBefore(clock.instant().truncatedTo(ChronoUnit.HOURS))) {
            bringUpToDate();
        }
    }

    private void bringUpToDate() {
        Instant now = clock.instant();
        tables.transaction().executeWithoutResult(_ -> accrue(now));
        accruedTo = now;
    }

    private void accrue(Instant now) {
        Amounts amounts = new Amounts();
        spans.accrue(AnalyticsMeters.KIND, now, amounts);
        tables.hours().add(amounts);
    }

    @Override
    public void close() {
        schedule.close();
    }
}
