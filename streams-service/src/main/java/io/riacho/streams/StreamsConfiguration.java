package io.riacho.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.riacho.health.HealthConfiguration;
import io.riacho.health.ProbedHealth;
import io.riacho.leases.LeasesConfiguration;
import io.riacho.leasetables.LeaseTablesConfiguration;
import io.riacho.log.EmbeddedShardLog;
import io.riacho.log.LogSettings;
import io.riacho.log.ShardLog;
import io.riacho.metrics.MetricsConfiguration;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.key.KeyService;
import io.riacho.protocol.rest.RestConfiguration;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.streams.account.AccountOperations;
import io.riacho.streams.backup.RestoredLog;
import io.riacho.streams.consumer.Consumer;
import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.consumer.ConsumerLifecycle;
import io.riacho.streams.consumer.ConsumerOperations;
import io.riacho.streams.consumer.ConsumerStore;
import io.riacho.streams.encryption.AbsentKeys;
import io.riacho.streams.encryption.DataKeyStore;
import io.riacho.streams.encryption.EncryptionOperations;
import io.riacho.streams.encryption.KeyAccess;
import io.riacho.streams.encryption.KeyStates;
import io.riacho.streams.encryption.StreamKeys;
import io.riacho.streams.fanout.FanOutSettings;
import io.riacho.streams.fanout.SubscribeOperations;
import io.riacho.streams.fanout.Subscriptions;
import io.riacho.streams.iterator.IteratorOperations;
import io.riacho.streams.iterator.ShardIterators;
import io.riacho.streams.iterator.StartingPositions;
import io.riacho.streams.monitoring.MonitoringOperations;
import io.riacho.streams.monitoring.StreamMonitor;
import io.riacho.streams.ondemand.OnDemandOperations;
import io.riacho.streams.ondemand.OnDemandScaler;
import io.riacho.streams.ondemand.PeakStore;
import io.riacho.streams.policy.ResourcePolicyOperations;
import io.riacho.streams.record.GetOperations;
import io.riacho.streams.record.PutOperations;
import io.riacho.streams.reshard.ReshardOperations;
import io.riacho.streams.retention.RetentionOperations;
import io.riacho.streams.retention.RetentionSweep;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.stream.StreamNaming;
import io.riacho.streams.stream.Streams;
import io.riacho.streams.tag.TagOperations;
import io.riacho.streams.token.SealedTokens;
import io.riacho.streams.token.TokenKey;
import io.riacho.streams.usage.StreamsMeter;
import io.riacho.streams.usage.StreamsUsage;
import io.riacho.tracing.Tracing;
import io.riacho.usage.UsageConfiguration;
import io.riacho.usage.UsageProperties;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.UsageSource;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Kinesis Data Streams, wired. Needs a {@link DataSource} and the {@code SigningKeys} of the wire. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({StreamsProperties.class, FanOutSettings.class})
@EntityScan("io.riacho.streams")
@Import({
    AwsProtocolConfiguration.class,
    RestConfiguration.class,
    MetricsConfiguration.class,
    HealthConfiguration.class,
    LeasesConfiguration.class,
    LeaseTablesConfiguration.class,
    UsageConfiguration.class,
    StreamsRestConfiguration.class
})
public class StreamsConfiguration {

    private static final Duration TIDY_INTERVAL = Duration.ofMinutes(1);

    @Bean(initMethod = "migrate")
    Flyway streamsMigration(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("streams")
                .createSchemas(true)
                .locations("classpath:io/riacho/streams/migration")
                .load();
    }

    @Bean
    KeyStates keyStates(ObjectProvider<KeyService> keyService) {
        return new KeyStates(keyService.getIfAvailable(AbsentKeys::new), System::nanoTime);
    }

    @Bean
    StreamKeys streamKeys(
            ObjectProvider<KeyService> keyService,
            KeyStates keyStates,
            DataSource dataSource,
            ProtocolProperties protocol,
            ObjectProvider<InstantSource> clock) {
        return new StreamKeys(
                keyService.getIfAvailable(AbsentKeys::new),
                keyStates,
                new DataKeyStore(JdbcClient.create(dataSource)),
                new StreamNaming(protocol.accountId(), protocol.region()),
                clock.getIfAvailable(InstantSource::system),
                System::nanoTime);
    }

    @Bean
    EmbeddedShardLog shardLog(
            StreamsProperties properties,
            DataSource dataSource,
            Flyway streamsMigration,
            StreamKeys streamKeys,
            ObjectProvider<InstantSource> clock) {
        Installation.check(properties.folder(), JdbcClient.create(dataSource));
        StreamsProperties.Log log = properties.log();
        EmbeddedShardLog shardLog = EmbeddedShardLog.open(LogSettings.in(logFolder(properties))
                .clock(clock.getIfAvailable(InstantSource::system))
                .durability(log.durability())
                .journalFileBytes(Math.toIntExact(log.journalFileSize().toBytes()))
                .journalFiles(log.journalFiles())
                .segmentBytes(Math.toIntExact(log.segmentSize().toBytes()))
                .segmentAge(log.segmentAge())
                .openingKeys(streamKeys)
                .build());
        try {
            RestoredLog.setRight(properties.folder(), shardLog, dataSource);
        } catch (RuntimeException e) {
            shardLog.close();
            throw e;
        }
        return shardLog;
    }

    @Bean
    ProbedHealth logHealthIndicator(EmbeddedShardLog shardLog, StreamsProperties properties) {
        return new ProbedHealth("log", HealthConfiguration.PATIENCE, new LogProbe(shardLog, logFolder(properties)));
    }

    @Bean
    LogMeters logMeters(EmbeddedShardLog shardLog, StreamsProperties properties) {
        return new LogMeters(shardLog, logFolder(properties));
    }

    private static Path logFolder(StreamsProperties properties) {
        return properties.folder().resolve("log");
    }

    /** Before the streams, which go on with deletions when they are made. */
    @Bean
    StreamsUsage streamsUsage(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            UsageProperties usage,
            StreamsProperties properties,
            ShardLog shardLog,
            ObjectProvider<InstantSource> clock) {
        return new StreamsUsage(
                new UsageTables(dataSource, transactions, "streams", usage),
                properties.folder().resolve("usage"),
                shardLog,
                clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    UsageSource streamsUsageSource(StreamsUsage streamsUsage) {
        return streamsUsage.source();
    }

    @Bean
    Streams streams(
            EntityManagerFactory entityManagers,
            PlatformTransactionManager transactions,
            ShardLog shardLog,
            ProtocolProperties protocol,
            StreamsProperties properties,
            StreamsUsage streamsUsage,
            ObjectProvider<InstantSource> clock) {
        Streams streams = new Streams(
                entityManagers,
                transactions,
                shardLog,
                new StreamNaming(protocol.accountId(), protocol.region()),
                properties.limits(),
                properties.transition(),
                streamsUsage.history(),
                clock.getIfAvailable(InstantSource::system),
                System::nanoTime);
        streamsUsage.of(streams.catalog()::all);
        return streams;
    }

    @Bean
    StreamsSchedule monitoringSchedule(
            Streams streams,
            ConsumerCatalog consumers,
            MetricHistory history,
            MeterRegistry registry,
            StreamsProperties properties,
            ObjectProvider<InstantSource> clocks) {
        StreamsSchedule schedule = new StreamsSchedule("streams-monitoring");
        StreamMonitor monitor = new StreamMonitor(
                streams.catalog(),
                stream -> consumers.of(stream).stream().map(Consumer::name).collect(Collectors.toSet()),
                history,
                registry,
                clocks.getIfAvailable(InstantSource::system),
                schedule);
        return schedule.every(properties.monitoringInterval(), monitor);
    }

    @Bean
    StreamsSchedule streamsSchedule(
            Streams streams,
            ShardLog shardLog,
            StreamsProperties properties,
            DataSource dataSource,
            Subscriptions fanOut,
            ObjectProvider<InstantSource> clocks) {
        InstantSource clock = clocks.getIfAvailable(InstantSource::system);
        PeakStore peaks = new PeakStore(JdbcClient.create(dataSource));
        return new StreamsSchedule("streams-schedule")
                .every(properties.retentionInterval(), new RetentionSweep(streams.catalog(), shardLog, clock))
                .every(TIDY_INTERVAL, fanOut::tidy)
                .every(
                        properties.onDemandInterval(),
                        new OnDemandScaler(streams.catalog(), streams.lifecycle(), peaks, clock));
    }

    @Bean
    SealedTokens streamTokens(StreamsProperties properties, ShardLog shardLog) {
        return new SealedTokens(TokenKey.in(properties.folder()));
    }

    @Bean
    ShardIterators shardIterators(SealedTokens streamTokens, ObjectProvider<InstantSource> clock) {
        return new ShardIterators(streamTokens, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    ConsumerCatalog consumers(
            Streams streams,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            StreamsUsage streamsUsage,
            ProtocolProperties protocol) {
        return new ConsumerCatalog(
                streams.catalog(),
                streams.resolver(),
                new ConsumerStore(
                        JdbcClient.create(dataSource),
                        new TransactionTemplate(transactions),
                        new StreamNaming(protocol.accountId(), protocol.region()),
                        streamsUsage.history()));
    }

    @Bean
    ConsumerLifecycle consumerLifecycle(
            ConsumerCatalog consumers,
            Streams streams,
            StreamsProperties properties,
            ObjectProvider<InstantSource> clock) {
        return new ConsumerLifecycle(
                consumers,
                streams.catalog(),
                streams.resolver(),
                properties.limits(),
                streams.accountSettings(),
                properties.transition(),
                clock.getIfAvailable(InstantSource::system));
    }

    /** Those of SubscribeToShard. */
    @Bean
    Subscriptions fanOut(
            Streams streams, ConsumerCatalog consumers, FanOutSettings settings, StreamsProperties properties) {
        return new Subscriptions(streams.catalog(), consumers, settings, properties.limits(), System::nanoTime);
    }

    @Bean
    StreamAccess streamAccess(Streams streams, ConsumerCatalog consumers) {
        return new StreamAccess(streams.catalog(), streams.resolver(), consumers);
    }

    @Bean
    AwsApi kinesis(
            Streams streams,
            StreamAccess access,
            SealedTokens tokens,
            ShardIterators iterators,
            ShardLog shardLog,
            StreamKeys streamKeys,
            KeyStates keyStates,
            ConsumerCatalog consumers,
            ConsumerLifecycle consumerLifecycle,
            Subscriptions fanOut,
            FanOutSettings fanOutSettings,
            StreamsProperties properties,
            StreamsUsage streamsUsage,
            Tracing tracing,
            ObjectProvider<InstantSource> clocks) {
        InstantSource clock = clocks.getIfAvailable(InstantSource::system);
        var catalog = streams.catalog();
        var resolver = streams.resolver();
        var lifecycle = streams.lifecycle();
        KeyAccess keyAccess = new KeyAccess(keyStates, streamKeys);
        StreamsMeter meter = streamsUsage.meter();
        PutOperations put =
                new PutOperations(catalog, resolver, access, streamKeys, keyAccess, shardLog, meter, clock, tracing);
        GetOperations get =
                new GetOperations(catalog, resolver, access, keyAccess, iterators, shardLog, meter, clock, tracing);
        StartingPositions positions = new StartingPositions(catalog.naming(), shardLog, clock);
        SubscribeOperations subscribe = new SubscribeOperations(
                catalog, consumers, access, keyAccess, positions, fanOut, fanOutSettings, shardLog, meter, clock);
        return AwsApi.of(
                        "kinesis",
                        access,
                        streams.streamOperations(consumers, clock),
                        streams.listOperations(tokens, access, clock),
                        streams.recordSizeOperations(),
                        new IteratorOperations(catalog, resolver, iterators, positions),
                        new ReshardOperations(
                                catalog, resolver, lifecycle, streams.accountLimits(), properties.limits(), clock),
                        new OnDemandOperations(
                                catalog,
                                resolver,
                                lifecycle,
                                streams.accountLimits(),
                                streams.accountSettings(),
                                properties.limits(),
                                clock),
                        new EncryptionOperations(
                                resolver, lifecycle, streamKeys, keyAccess, properties.limits(), clock),
                        new RetentionOperations(catalog, resolver),
                        new TagOperations(catalog, resolver, consumers),
                        new ResourcePolicyOperations(catalog, resolver, consumers),
                        new ConsumerOperations(
                                consumers,
                                consumerLifecycle,
                                resolver,
                                access,
                                tokens,
                                catalog.naming().accountId(),
                                clock),
                        new MonitoringOperations(resolver, lifecycle),
                        new AccountOperations(streams.accountLimits(), streams.accountSettings(), clock))
                .with("PutRecord", put::putRecord)
                .with("PutRecords", put::putRecords)
                .with("GetRecords", get::getRecords)
                .with("SubscribeToShard", subscribe::subscribeToShard);
    }
}
