package io.riacho.analytics;

import io.riacho.access.ProcessName;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.TracedJobRunner;
import io.riacho.analytics.run.ApplicationCodes;
import io.riacho.analytics.run.ApplicationLog;
import io.riacho.analytics.run.Deregistration;
import io.riacho.analytics.run.Engine;
import io.riacho.analytics.run.Ownership;
import io.riacho.analytics.run.RunTokens;
import io.riacho.analytics.run.Starts;
import io.riacho.analytics.run.Wakeup;
import io.riacho.analytics.snapshot.SnapshotStore;
import io.riacho.leases.LeaseTable;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.tracing.Tracing;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.StringUtils;

/** What leads applications, wired. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    private static final int REMOTE_PARALLELISM = 32;

    @Bean
    AnalyticsProcess analyticsProcess(AnalyticsProperties properties) {
        return new AnalyticsProcess(ProcessName.in(properties.folder()));
    }

    @Bean
    RunTokens runTokens(DataSource dataSource, Flyway analyticsMigration) {
        return new RunTokens(JdbcClient.create(dataSource));
    }

    @Bean
    ApplicationLog applicationLog(DataSource dataSource, Flyway analyticsMigration) {
        return new ApplicationLog(JdbcClient.create(dataSource));
    }

    @Bean
    Engine analyticsEngine(
            DataSource dataSource,
            Applications applications,
            SnapshotStore snapshots,
            Starts starts,
            ApplicationCodes codes,
            JobRunner runner,
            RunTokens tokens,
            ApplicationLog log,
            MetricHistory history,
            Deregistration deregistration,
            LeaseTable leases,
            Wakeup analyticsWakeup,
            AnalyticsProcess analyticsProcess,
            AnalyticsProperties properties,
            Tracing tracing,
            Environment environment) {
        ProcessName process = analyticsProcess.name();
        if (process.isInherited()) {
            leases.release(Ownership.KIND, process.name());
        }
        return Engine.of(
                new Engine.Parts(
                        applications,
                        snapshots,
                        starts,
                        codes,
                        TracedJobRunner.of(runner, tracing),
                        tokens,
                        log,
                        history,
                        deregistration),
                JdbcClient.create(dataSource),
                new Ownership(leases, properties.leaseDuration(), process.name() + "-" + System.currentTimeMillis()),
                analyticsWakeup,
                new Engine.Settings(properties.pollInterval(), maxParallelism(environment)));
    }

    @Bean
    AnalyticsLifecycle analyticsLifecycle(Engine engine) {
        return new AnalyticsLifecycle(engine);
    }

    /** What the runner of jobs takes: the machine's cores, or what a remote cluster is said to have. */
    private static int maxParallelism(Environment environment) {
        int given = environment.getProperty("riacho.analytics.flink.max-parallelism", Integer.class, 0);
        boolean remote = StringUtils.hasText(environment.getProperty("riacho.analytics.flink.url"));
        int byDefault = remote ? REMOTE_PARALLELISM : Runtime.getRuntime().availableProcessors();
        return given > 0 ? given : byDefault;
    }
}
