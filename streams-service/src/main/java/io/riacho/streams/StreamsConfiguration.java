package io.riacho.streams;

import io.riacho.health.HealthConfiguration;
import io.riacho.leases.LeasesConfiguration;
import io.riacho.leasetables.LeaseTablesConfiguration;
import io.riacho.log.ShardLog;
import io.riacho.metrics.MetricsConfiguration;
import io.riacho.protocol.rest.RestConfiguration;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.stream.StreamNaming;
import io.riacho.streams.stream.Streams;
import io.riacho.streams.usage.StreamsUsage;
import io.riacho.usage.UsageConfiguration;
import io.riacho.usage.UsageProperties;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.UsageSource;
import jakarta.persistence.EntityManagerFactory;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;

/** Kinesis Data Streams, wired. Needs a {@link DataSource} and the {@code SigningKeys} of the wire. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamsProperties.class)
@EntityScan("io.riacho.streams")
@Import({
    AwsProtocolConfiguration.class,
    RestConfiguration.class,
    MetricsConfiguration.class,
    HealthConfiguration.class,
    LeasesConfiguration.class,
    LeaseTablesConfiguration.class,
    UsageConfiguration.class,
    StreamsRestConfiguration.class,
    EncryptionConfiguration.class,
    LogConfiguration.class,
    ScheduleConfiguration.class,
    ConsumerConfiguration.class,
    KinesisConfiguration.class
})
public class StreamsConfiguration {

    @Bean(initMethod = "migrate")
    Flyway streamsMigration(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("streams")
                .createSchemas(true)
                .locations("classpath:io/riacho/streams/migration")
                .load();
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
    StreamAccess streamAccess(Streams streams, ConsumerCatalog consumers) {
        return new StreamAccess(streams.catalog(), streams.resolver(), consumers);
    }
}
