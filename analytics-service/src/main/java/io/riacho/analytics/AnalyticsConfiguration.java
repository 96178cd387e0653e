package io.riacho.analytics;

import io.riacho.access.OwnEndpoint;
import io.riacho.analytics.application.ApplicationAccess;
import io.riacho.analytics.application.ApplicationNaming;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.first.FirstApiConfiguration;
import io.riacho.analytics.job.CodeRules;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.run.ApplicationCodes;
import io.riacho.analytics.run.Starts;
import io.riacho.analytics.run.Wakeup;
import io.riacho.analytics.runtime.RuntimeConfiguration;
import io.riacho.analytics.second.SecondApiConfiguration;
import io.riacho.analytics.snapshot.SnapshotStore;
import io.riacho.analytics.sql.ApplicationCompiler;
import io.riacho.analytics.sql.DialectCompiler;
import io.riacho.analytics.sql.FlinkSqlCompiler;
import io.riacho.analytics.sql.JobSettings;
import io.riacho.analytics.usage.AnalyticsUsage;
import io.riacho.health.FolderProbe;
import io.riacho.health.HealthConfiguration;
import io.riacho.health.ProbedHealth;
import io.riacho.leases.LeasesConfiguration;
import io.riacho.metrics.MetricsConfiguration;
import io.riacho.protocol.rest.RestConfiguration;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.usage.UsageConfiguration;
import io.riacho.usage.UsageProperties;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.UsageSource;
import java.net.URI;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Analytics, wired. Needs a {@link DataSource}, and the {@code SigningKeys} of the wire. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnalyticsProperties.class)
@Import({
    AwsProtocolConfiguration.class,
    RestConfiguration.class,
    UsageConfiguration.class,
    MetricsConfiguration.class,
    HealthConfiguration.class,
    LeasesConfiguration.class,
    AnalyticsRestConfiguration.class,
    RuntimeConfiguration.class,
    JobConfiguration.class,
    EngineConfiguration.class,
    FirstApiConfiguration.class,
    SecondApiConfiguration.class
})
public class AnalyticsConfiguration {

    @Bean(initMethod = "migrate")
    Flyway analyticsMigration(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("analytics")
                .createSchemas(true)
                .locations("classpath:io/riacho/analytics/migration")
                .load();
    }

    @Bean
    ProbedHealth analyticsHealthIndicator(AnalyticsProperties properties) {
        return new ProbedHealth("analytics", HealthConfiguration.PATIENCE, new FolderProbe(properties.folder()));
    }

    @Bean
    Wakeup analyticsWakeup() {
        return new Wakeup();
    }

    @Bean
    ApplicationCodes applicationCodes(
            ObjectProvider<ApplicationCompiler> dialect,
            JobSettings settings,
            CodeRules rules,
            JobRunner runner,
            OwnEndpoint analyticsEndpoint) {
        return new ApplicationCodes(
                dialect.getIfAvailable(() -> new DialectCompiler(settings)),
                new FlinkSqlCompiler(settings, rules),
                runner,
                () -> URI.create(analyticsEndpoint.get() + "/v1/runs"));
    }

    @Bean
    AnalyticsUsage analyticsUsage(
            DataSource dataSource,
            Flyway analyticsMigration,
            UsageProperties properties,
            ObjectProvider<InstantSource> clocks) {
        return new AnalyticsUsage(
                new UsageTables(dataSource, new JdbcTransactionManager(dataSource), "analytics", properties),
                clocks.getIfAvailable(InstantSource::system));
    }

    @Bean
    UsageSource analyticsUsageSource(AnalyticsUsage analyticsUsage) {
        return analyticsUsage.source();
    }

    @Bean
    Applications analyticsApplications(
            DataSource dataSource,
            Flyway analyticsMigration,
            ProtocolProperties protocol,
            ApplicationCodes codes,
            AnalyticsProperties properties,
            ObjectProvider<InstantSource> clocks,
            Wakeup analyticsWakeup,
            AnalyticsUsage analyticsUsage) {
        Applications applications = new Applications(
                dataSource,
                new ApplicationNaming(protocol.accountId(), protocol.region()),
                codes,
                properties.maxApplications(),
                clocks.getIfAvailable(InstantSource::system),
                _ -> analyticsWakeup.raise(),
                analyticsUsage);
        analyticsUsage.begin(applications.all());
        return applications;
    }

    @Bean
    ApplicationAccess applicationAccess(Applications applications) {
        return new ApplicationAccess(applications);
    }

    @Bean
    SnapshotStore snapshotStore(DataSource dataSource, Flyway analyticsMigration) {
        return new SnapshotStore(JdbcClient.create(dataSource));
    }

    @Bean
    Starts analyticsStarts(Applications applications, SnapshotStore snapshots, ApplicationCodes codes) {
        return new Starts(applications, snapshots, codes);
    }
}
