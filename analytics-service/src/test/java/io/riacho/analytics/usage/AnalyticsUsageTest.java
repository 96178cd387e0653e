package io.riacho.analytics.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.application.Api;
import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Definition;
import io.riacho.analytics.application.Run;
import io.riacho.postgres.TestPostgres;
import io.riacho.usage.UsageProperties;
import io.riacho.usage.UsageTables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;

class AnalyticsUsageTest {

    private static final Instant TEN = Instant.parse("2026-11-26T10:00:00Z");
    private static final UUID ID = UUID.randomUUID();
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final DriverManagerDataSource dataSource = newDatabase();
    private Instant now = TEN;
    private AnalyticsUsage usage = started(true);

    @AfterEach
    void close() {
        usage.close();
    }

    @Test
    void anApplicationCountsWhileItRunsAndByItsParallelism() {
        changed(ApplicationStatus.STARTING, 5);
        now = now.plus(AN_HOUR);
        changed(ApplicationStatus.RUNNING, 5);
        now = now.plus(AN_HOUR);
        changed(ApplicationStatus.AUTOSCALING, 8);
        now = now.plus(AN_HOUR);
        changed(ApplicationStatus.RUNNING, 8);
        now = now.plus(AN_HOUR);
        changed(ApplicationStatus.READY, 8);
        now = now.plus(AN_HOUR);

        // Two subtasks to a KPU, and one KPU more: 4, then 5.
        assertThat(used()).isEqualTo(Map.of("analytics.kpu-hours", 4L + 5 + 5, "analytics.running-hours", 3L));
    }

    @Test
    void timeCountsThoughNoProcessWasThere() {
        changed(ApplicationStatus.RUNNING, 1);
        usage.close();
        now = now.plus(Duration.ofHours(7));
        usage = started(true);
        now = now.plus(AN_HOUR);

        assertThat(used()).containsEntry("analytics.running-hours", 8L);
    }

    @Test
    void whatIsDeletedCountsNoMore() {
        changed(ApplicationStatus.RUNNING, 1);
        now = now.plus(AN_HOUR);
        transaction(() -> usage.removed(ID));
        now = now.plus(AN_HOUR);

        assertThat(used()).containsEntry("analytics.running-hours", 1L);
    }

    @Test
    void nothingCountsFromTheStartThatDoesNotMeter() {
        changed(ApplicationStatus.RUNNING, 1);
        usage.close();
        now = now.plus(AN_HOUR);
        usage = started(false);
        now = now.plus(AN_HOUR);
        usage.close();
        usage = started(true);
        now = now.plus(AN_HOUR);

        assertThat(used()).containsEntry("analytics.running-hours", 1L);
    }

    private AnalyticsUsage started(boolean isEnabled) {
        AnalyticsUsage started = new AnalyticsUsage(
                new UsageTables(
                        dataSource,
                        new JdbcTransactionManager(dataSource),
                        "analytics",
                        new UsageProperties(
                                isEnabled,
                                Duration.ofDays(1),
                                Duration.ofDays(400),
                                100,
                                DataSize.ofMegabytes(4),
                                DataSize.ofGigabytes(1))),
                () -> now);
        started.begin(List.of());
        return started;
    }

    private static DriverManagerDataSource newDatabase() {
        TestPostgres.Database database = TestPostgres.newDatabase();
        return new DriverManagerDataSource(database.url(), database.user(), database.password());
    }

    private void changed(ApplicationStatus status, int parallelism) {
        transaction(() -> usage.changed(application(status, parallelism)));
    }

    private void transaction(Runnable work) {
        new org.springframework.transaction.support.TransactionTemplate(new JdbcTransactionManager(dataSource))
                .executeWithoutResult(_ -> work.run());
    }

    private Map<String, Long> used() {
        usage.source().upToDate().run();
        Map<String, Long> used = new TreeMap<>();
        new org.springframework.jdbc.core.JdbcTemplate(dataSource)
                .query("select meter, sum(amount) from analytics.usage_hour group by meter", row -> {
                    used.put(row.getString(1), row.getLong(2) / AN_HOUR.toMillis());
                });
        return used;
    }

    private static Application application(ApplicationStatus status, int parallelism) {
        ApplicationConfigurationDescription configuration = ApplicationConfigurationDescription.builder()
                .flinkApplicationConfigurationDescription(flink -> flink.parallelismConfigurationDescription(
                        given -> given.currentParallelism(parallelism).parallelismPerKPU(2)))
                .build();
        return new Application(
                ID,
                "totals",
                "arn:aws:kinesisanalytics:us-east-1:000000000000:application/totals",
                Api.SECOND,
                status,
                1,
                TEN,
                TEN,
                new Definition("FLINK-1_20", null, null, configuration, List.of(), TEN, null, null, null),
                Map.of(),
                new Run("run", 1, TEN, "job", true, null, false, false, Map.of(), 0, null),
                null,
                null,
                null);
    }
}
