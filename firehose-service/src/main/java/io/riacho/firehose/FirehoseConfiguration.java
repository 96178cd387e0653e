package io.riacho.firehose;

import io.riacho.access.KinesisClients;
import io.riacho.access.OwnEndpoint;
import io.riacho.access.ProcessName;
import io.riacho.firehose.access.SourceCredentials;
import io.riacho.firehose.activity.Activities;
import io.riacho.firehose.activity.DeliveryMetrics;
import io.riacho.firehose.catalog.CatalogConfiguration;
import io.riacho.firehose.delivery.DeliveryEngine;
import io.riacho.firehose.delivery.DeliverySpans;
import io.riacho.firehose.delivery.MemoryBudget;
import io.riacho.firehose.delivery.StreamSetups;
import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.deliverystream.DeliveryStreamAccess;
import io.riacho.firehose.deliverystream.DeliveryStreams;
import io.riacho.firehose.deliverystream.DestinationTypes;
import io.riacho.firehose.deliverystream.PlanCheck;
import io.riacho.firehose.deliverystream.Source;
import io.riacho.firehose.deliverystream.SourceCheck;
import io.riacho.firehose.destination.s3.Buckets;
import io.riacho.firehose.directput.InternalStreams;
import io.riacho.firehose.directput.PutSpans;
import io.riacho.firehose.format.ObjectFormats;
import io.riacho.firehose.intent.IntentStore;
import io.riacho.firehose.processing.ProcessingSettings;
import io.riacho.firehose.processing.Processings;
import io.riacho.firehose.rest.ActivityController;
import io.riacho.firehose.source.SourceIdentities;
import io.riacho.firehose.source.kafka.KafkaProperties;
import io.riacho.firehose.source.kafka.KafkaSources;
import io.riacho.firehose.source.kinesis.Subscriptions;
import io.riacho.firehose.usage.FirehoseUsage;
import io.riacho.health.FolderProbe;
import io.riacho.health.HealthConfiguration;
import io.riacho.health.ProbedHealth;
import io.riacho.leases.LeaseTable;
import io.riacho.leases.LeasesConfiguration;
import io.riacho.metrics.MetricsConfiguration;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.protocol.rest.RestApi;
import io.riacho.protocol.rest.RestConfiguration;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.protocol.tls.TlsProperties;
import io.riacho.tracing.Tracing;
import io.riacho.usage.UsageConfiguration;
import io.riacho.usage.UsageProperties;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.UsageSource;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;

/** Firehose, wired. Needs a {@link DataSource} and the {@code SigningKeys} of the wire. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({FirehoseProperties.class, ProcessingSettings.class, KafkaProperties.class})
@Import({
    AwsProtocolConfiguration.class,
    RestConfiguration.class,
    UsageConfiguration.class,
    MetricsConfiguration.class,
    HealthConfiguration.class,
    LeasesConfiguration.class,
    DeliveryStreamConfiguration.class,
    DestinationsConfiguration.class,
    CatalogConfiguration.class,
    DirectPutConfiguration.class
})
public class FirehoseConfiguration {

    @Bean
    ProcessName firehoseProcess(FirehoseProperties properties) {
        return ProcessName.in(properties.folder());
    }

    @Bean
    ProbedHealth firehoseHealthIndicator(FirehoseProperties properties) {
        return new ProbedHealth("firehose", HealthConfiguration.PATIENCE, new FolderProbe(properties.folder()));
    }

    @Bean
    OwnEndpoint kinesisEndpoint(FirehoseProperties properties, Environment environment) {
        return new OwnEndpoint(
                properties.kinesis(),
                environment.getProperty("server.address", "127.0.0.1"),
                DestinationsConfiguration.isHttpEnabled(environment));
    }

    @Bean
    KinesisClients kinesisClients(
            OwnEndpoint kinesisEndpoint,
            ProtocolProperties protocol,
            FirehoseProperties properties,
            TlsProperties tls,
            Environment environment,
            @Value("${riacho.tls.folder:${riacho.data:./data}/tls}") Path ownCertificates) {
        return new KinesisClients(
                kinesisEndpoint,
                KinesisTls.of(properties, tls, ownCertificates, DestinationsConfiguration.isHttpEnabled(environment)),
                protocol.region());
    }

    @Bean
    FirehoseUsage firehoseUsage(
            DataSource dataSource,
            Flyway firehoseMigration,
            UsageProperties properties,
            ObjectProvider<InstantSource> clocks) {
        return new FirehoseUsage(
                new UsageTables(dataSource, new JdbcTransactionManager(dataSource), "firehose", properties),
                clocks.getIfAvailable(InstantSource::system));
    }

    @Bean
    UsageSource firehoseUsageSource(FirehoseUsage firehoseUsage) {
        return firehoseUsage.source();
    }

    @Bean
    Processings processings(ProcessingSettings settings) {
        return new Processings(settings);
    }

    @Bean
    PlanCheck processingPlanCheck(Processings processings, ObjectFormats formats) {
        return (stream, configuration, plan) -> {
            if (configuration instanceof ExtendedS3DestinationConfiguration bucket) {
                processings.check(plan.processing(), plan.dynamicPartitioning(), bucket.prefix());
                formats.check(stream, bucket);
            } else {
                processings.check(plan.processing(), plan.dynamicPartitioning());
            }
        };
    }

    @Bean
    SourceCheck kinesisSourceCheck() {
        return new SourceCheck() {
            @Override
            public DeliveryStreamType type() {
                return DeliveryStreamType.KINESIS_STREAM_AS_SOURCE;
            }

            @Override
            public void check(Source source) {
                // Whether the role may read the stream is seen when it is read, as with AWS.
            }
        };
    }

    @Bean
    KafkaSources kafkaSources(KafkaProperties properties, Activities activities, ObjectProvider<InstantSource> clocks) {
        return new KafkaSources(properties, activities, clocks.getIfAvailable(InstantSource::system));
    }

    @Bean
    Activities activities(MetricHistory history, ObjectProvider<InstantSource> clocks) {
        InstantSource clock = clocks.getIfAvailable(InstantSource::system);
        return new Activities(stream -> metrics(stream, history, clock));
    }

    @Bean
    MemoryBudget deliveryMemory(FirehoseProperties properties) {
        return new MemoryBudget(properties.memoryWithin(Runtime.getRuntime().maxMemory()));
    }

    @Bean
    DeliveryEngine deliveryEngine(
            DeliveryStreams streams,
            DestinationTypes destinations,
            Processings processings,
            Buckets buckets,
            KinesisClients clients,
            SourceCredentials credentials,
            InternalStreams internalStreams,
            KafkaSources kafkaSources,
            LeaseTable leases,
            DataSource dataSource,
            MemoryBudget memory,
            Activities activities,
            ProcessName process,
            FirehoseProperties properties,
            FirehoseUsage firehoseUsage,
            Tracing tracing,
            PutSpans putSpans,
            ObjectProvider<InstantSource> clocks) {
        if (process.isInherited()) {
            leases.release(DeliveryEngine.KIND, process.name());
        }
        return new DeliveryEngine(
                new StreamSetups(
                        streams,
                        destinations,
                        processings::open,
                        buckets,
                        clients,
                        credentials,
                        internalStreams,
                        kafkaSources,
                        Subscriptions.within(Runtime.getRuntime().maxMemory() / 4),
                        properties.maxPartitions()),
                internalStreams,
                leases,
                properties.leaseDuration(),
                new IntentStore(
                        JdbcClient.create(dataSource),
                        new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                        firehoseUsage.meter()),
                new SourceIdentities(JdbcClient.create(dataSource)),
                memory,
                properties.attemptsAtATime(),
                activities,
                new StreamStates(streams),
                new DeliverySpans(tracing, putSpans),
                clocks.getIfAvailable(InstantSource::system),
                process.name() + "-" + System.currentTimeMillis());
    }

    @Bean
    FirehoseLifecycle firehoseLifecycle(DeliveryEngine engine) {
        return new FirehoseLifecycle(engine);
    }

    @Bean
    RestApi firehoseRestApi() {
        return RestApi.of("firehose", "/v1/delivery-streams");
    }

    @Bean
    ActivityController activityController(DeliveryStreams streams, DeliveryStreamAccess access, Activities activities) {
        return new ActivityController(streams, access, activities);
    }

    private static DeliveryMetrics metrics(DeliveryStream stream, MetricHistory history, InstantSource clock) {
        return new DeliveryMetrics(
                history,
                clock,
                stream.name(),
                DeliveryMetrics.deliveryTo(stream.destination().getClass()),
                stream.source() instanceof Source.Kafka ? DeliveryMetrics.FROM_SOURCE : DeliveryMetrics.FROM_KINESIS);
    }
}
