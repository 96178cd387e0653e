package io.riacho.analytics;

import io.riacho.access.OwnEndpoint;
import io.riacho.access.OwnTls;
import io.riacho.access.ProcessName;
import io.riacho.analytics.application.ApplicationAccess;
import io.riacho.analytics.application.ApplicationNaming;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.bucket.Buckets;
import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.CodeRules;
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
import io.riacho.analytics.runtime.RuntimeConfiguration;
import io.riacho.analytics.snapshot.SnapshotStore;
import io.riacho.analytics.sql.ApplicationCompiler;
import io.riacho.analytics.sql.DialectCompiler;
import io.riacho.analytics.sql.FlinkSqlCompiler;
import io.riacho.analytics.sql.JobSettings;
import io.riacho.analytics.usage.AnalyticsUsage;
import io.riacho.health.FolderProbe;
import io.riacho.health.HealthConfiguration;
import io.riacho.health.ProbedHealth;
import io.riacho.leases.LeaseTable;
import io.riacho.leases.LeasesConfiguration;
import io.riacho.metrics.MetricsConfiguration;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.rest.RestConfiguration;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.protocol.tls.TlsProperties;
import io.riacho.tracing.Tracing;
import io.riacho.usage.UsageConfiguration;
import io.riacho.usage.UsageProperties;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.UsageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.StringUtils;

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
    RuntimeConfiguration.class
})
public class AnalyticsConfiguration {

    private static final int REMOTE_PARALLELISM = 32;

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
    AnalyticsProcess analyticsProcess(AnalyticsProperties properties) {
        return new AnalyticsProcess(ProcessName.in(properties.folder()));
    }

    /** Other services of the same process have other names. */
    record AnalyticsProcess(ProcessName name) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            name.close();
        }
    }

    @Bean
    OwnEndpoint analyticsKinesisEndpoint(AnalyticsProperties properties, Environment environment) {
        return endpoint(properties.kinesis(), environment);
    }

    @Bean
    OwnEndpoint analyticsFirehoseEndpoint(AnalyticsProperties properties, Environment environment) {
        return endpoint(properties.firehose(), environment);
    }

    @Bean
    OwnEndpoint analyticsEndpoint(AnalyticsProperties properties, Environment environment) {
        return endpoint(properties.url(), environment);
    }

    @Bean
    JobSettings jobSettings(
            AnalyticsProperties properties,
            ProtocolProperties protocol,
            OwnEndpoint analyticsKinesisEndpoint,
            OwnEndpoint analyticsFirehoseEndpoint,
            TrustedCertificates analyticsTrustedCertificates,
            Buckets analyticsBuckets) {
        URI s3 = analyticsBuckets.areReadByTheService() ? null : analyticsBuckets.endpoint();
        JobSettings.Reads direct = s3 == null ? new JobSettings.Reads.Nothing() : new JobSettings.Reads.Directly(s3);
        return new JobSettings(
                protocol.region(),
                analyticsKinesisEndpoint,
                analyticsFirehoseEndpoint,
                analyticsTrustedCertificates::pem,
                analyticsBuckets.areReadByTheService() ? new JobSettings.Reads.ThroughTheService() : direct,
                functions(properties));
    }

    @Bean
    TrustedCertificates analyticsTrustedCertificates(
            AnalyticsProperties properties,
            TlsProperties tls,
            Environment environment,
            @Value("${riacho.tls.folder:${riacho.data:./data}/tls}") Path ownCertificates) {
        OwnTls own = OwnTls.of(properties.kinesis(), isHttpEnabled(environment), tls, ownCertificates);
        return new TrustedCertificates(own.authority(properties.trustedCa()), own);
    }

    /** @param file null where nothing is trusted beyond what Java trusts */
    record TrustedCertificates(@Nullable Path file, OwnTls own) {

        /**
         * For jobs, which have no certificate of their own.
         *
         * @throws CodeException where they could not come through to this server
         */
        @Nullable
        String pem() {
            if (own.needsClientCertificate()) {
                throw new CodeException(
                        "Jobs have no certificate to show to this server, which riacho.tls.client-auth=need asks of"
                                + " all: set riacho.http.enabled, or riacho.analytics.kinesis to where they need none.",
                        0,
                        0);
            }
            if (own.needsName()) {
                throw new CodeException(
                        "Jobs do not know this server by a name of its certificate: set riacho.analytics.kinesis,"
                                + " riacho.analytics.firehose and riacho.analytics.url to its HTTPS URL by such a name.",
                        0,
                        0);
            }
            try {
                return file == null ? null : Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException("The certificates in " + file + " cannot be read", e);
            }
        }
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
    RunTokens runTokens(DataSource dataSource, Flyway analyticsMigration) {
        return new RunTokens(JdbcClient.create(dataSource));
    }

    @Bean
    ApplicationLog applicationLog(DataSource dataSource, Flyway analyticsMigration) {
        return new ApplicationLog(JdbcClient.create(dataSource));
    }

    @Bean
    Starts analyticsStarts(Applications applications, SnapshotStore snapshots, ApplicationCodes codes) {
        return new Starts(applications, snapshots, codes);
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

    @Bean
    AwsApi kinesisAnalytics(
            ApplicationAccess access,
            Applications applications,
            Starts starts,
            io.riacho.analytics.first.DiscoveryOperations discovery) {
        return AwsApi.of(
                "kinesisanalytics",
                access,
                new io.riacho.analytics.first.ApplicationOperations(applications, starts),
                new io.riacho.analytics.first.PartOperations(applications),
                new io.riacho.analytics.first.TagOperations(applications),
                discovery);
    }

    @Bean
    AwsApi kinesisAnalyticsV2(
            ApplicationAccess access,
            Applications applications,
            Starts starts,
            SnapshotStore snapshots,
            io.riacho.analytics.second.DiscoveryOperations discovery) {
        return AwsApi.of(
                "kinesisanalyticsv2",
                access,
                new io.riacho.analytics.second.ApplicationOperations(applications, starts),
                new io.riacho.analytics.second.SourceOperations(applications),
                new io.riacho.analytics.second.LoggingOperations(applications),
                new io.riacho.analytics.second.SnapshotOperations(applications, snapshots),
                new io.riacho.analytics.second.HistoryOperations(applications),
                new io.riacho.analytics.second.TagOperations(applications),
                new io.riacho.analytics.second.RefusedOperations(applications),
                discovery);
    }

    /** What the runner of jobs takes: the machine's cores, or what a remote cluster is said to have. */
    private static int maxParallelism(Environment environment) {
        int given = environment.getProperty("riacho.analytics.flink.max-parallelism", Integer.class, 0);
        boolean remote = StringUtils.hasText(environment.getProperty("riacho.analytics.flink.url"));
        int byDefault = remote ? REMOTE_PARALLELISM : Runtime.getRuntime().availableProcessors();
        return given > 0 ? given : byDefault;
    }

    private static OwnEndpoint endpoint(@Nullable URI given, Environment environment) {
        return new OwnEndpoint(
                given, environment.getProperty("server.address", "127.0.0.1"), isHttpEnabled(environment));
    }

    static boolean isHttpEnabled(Environment environment) {
        return environment.getProperty("riacho.http.enabled", Boolean.class, true);
    }

    private static Map<String, URI> functions(AnalyticsProperties properties) {
        return properties.functions().stream()
                .collect(Collectors.toMap(AnalyticsProperties.Function::arn, AnalyticsProperties.Function::url));
    }
}
