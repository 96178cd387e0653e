package io.riacho.firehose;

import io.riacho.firehose.deliverystream.DeliveryStreamAccess;
import io.riacho.firehose.deliverystream.DeliveryStreamListener;
import io.riacho.firehose.deliverystream.DeliveryStreamNaming;
import io.riacho.firehose.deliverystream.DeliveryStreams;
import io.riacho.firehose.deliverystream.DestinationTypes;
import io.riacho.firehose.deliverystream.FirehoseOperations;
import io.riacho.firehose.deliverystream.PlanCheck;
import io.riacho.firehose.deliverystream.SourceCheck;
import io.riacho.firehose.deliverystream.SourceEncryption;
import io.riacho.firehose.deliverystream.Transitions;
import io.riacho.firehose.destination.DestinationType;
import io.riacho.firehose.destination.s3.PrefixCheck;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.destination.s3.S3DestinationType;
import io.riacho.firehose.destination.s3.S3Destinations;
import io.riacho.firehose.directput.PutOperations;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.key.KeyService;
import io.riacho.protocol.server.ProtocolProperties;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Delivery streams as the API makes, describes and changes them, wired. Needs a {@link DataSource}, the wire's own
 * configuration, and what delivers: a {@link DeliveryStreamListener} and a {@link SourceEncryption}; for delivery to
 * buckets {@link S3Destinations} and a {@link PrefixCheck}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliveryStreamProperties.class)
public class DeliveryStreamConfiguration {

    @Bean(initMethod = "migrate")
    Flyway firehoseMigration(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("firehose")
                .createSchemas(true)
                .locations("classpath:io/riacho/firehose/migration")
                .load();
    }

    @Bean
    S3Configurations s3Configurations(PrefixCheck prefixes) {
        return new S3Configurations(prefixes);
    }

    @Bean
    S3DestinationType s3DestinationType(PrefixCheck prefixes, S3Destinations destinations) {
        return new S3DestinationType(prefixes, destinations);
    }

    @Bean
    DestinationTypes destinationTypes(List<DestinationType<?>> types, ObjectProvider<PlanCheck> checks) {
        return new DestinationTypes(
                types,
                (stream, configuration, plan) -> checks.forEach(check -> check.check(stream, configuration, plan)));
    }

    @Bean
    DeliveryStreams deliveryStreams(
            DataSource dataSource,
            Flyway firehoseMigration,
            ProtocolProperties protocol,
            DeliveryStreamProperties properties) {
        return DeliveryStreams.open(
                dataSource,
                new DeliveryStreamNaming(protocol.accountId(), protocol.region()),
                properties.folder(),
                properties.maxDeliveryStreams());
    }

    @Bean(initMethod = "start")
    Transitions deliveryStreamTransitions(
            DeliveryStreams streams,
            DeliveryStreamListener listener,
            SourceEncryption encryption,
            DeliveryStreamProperties properties) {
        return new Transitions(streams, listener, encryption, properties.pollInterval(), properties.takeover());
    }

    @Bean
    DeliveryStreamAccess deliveryStreamAccess(DeliveryStreams streams) {
        return new DeliveryStreamAccess(streams);
    }

    @Bean
    FirehoseOperations deliveryStreamOperations(
            DeliveryStreams streams,
            DestinationTypes destinations,
            ObjectProvider<SourceCheck> sources,
            ObjectProvider<KeyService> keyService,
            ObjectProvider<InstantSource> clocks) {
        return FirehoseOperations.of(
                streams,
                destinations,
                sources.stream().toList(),
                keyService.getIfAvailable(),
                clocks.getIfAvailable(InstantSource::system));
    }

    @Bean
    AwsApi firehose(
            DeliveryStreamAccess access, FirehoseOperations operations, ObjectProvider<PutOperations> putOperations) {
        List<Object> all = new ArrayList<>(operations.all());
        putOperations.forEach(all::add);
        // Warehouses that are no cluster of AWS's have URLs of their own, which their destinations check.
        return AwsApi.of("firehose", access, all.toArray()).withOwnFormats("ClusterJDBCURL");
    }
}
