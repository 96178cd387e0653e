package io.riacho.firehose;

import io.riacho.access.KinesisClients;
import io.riacho.firehose.access.SourceCredentials;
import io.riacho.firehose.deliverystream.DeliveryStreams;
import io.riacho.firehose.directput.InternalStreams;
import io.riacho.firehose.directput.PutMetrics;
import io.riacho.firehose.directput.PutOperations;
import io.riacho.firehose.directput.PutSpans;
import io.riacho.firehose.directput.RecordIntake;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.tracing.Tracing;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** What takes in records that are put directly, and where they lie until they are delivered, wired. */
@Configuration(proxyBeanMethods = false)
class DirectPutConfiguration {

    private static final int PUTS_PART_OF_HEAP = 32;

    @Bean
    InternalStreams internalStreams(
            KinesisClients clients, SourceCredentials credentials, FirehoseProperties properties) {
        return new InternalStreams(own(clients, credentials), properties.retention());
    }

    @Bean
    PutOperations putOperations(
            DeliveryStreams streams,
            KinesisClients clients,
            SourceCredentials credentials,
            PutMetrics putMetrics,
            Tracing tracing,
            PutSpans putSpans) {
        return new PutOperations(
                streams,
                new RecordIntake(
                        own(clients, credentials),
                        Runtime.getRuntime().maxMemory() / PUTS_PART_OF_HEAP,
                        tracing,
                        putSpans),
                putMetrics);
    }

    @Bean
    PutSpans putSpans(Tracing tracing) {
        return new PutSpans(tracing);
    }

    @Bean
    PutMetrics putMetrics(MetricHistory history, ObjectProvider<InstantSource> clocks) {
        return new PutMetrics(history, clocks.getIfAvailable(InstantSource::system));
    }

    @Bean
    PutMetricsSchedule putMetricsSchedule(PutMetrics putMetrics, DeliveryStreams streams) {
        return new PutMetricsSchedule(putMetrics, streams);
    }

    /** Made when it is needed first: the server's own port is not known before. */
    private static Supplier<KinesisAsyncClient> own(KinesisClients clients, SourceCredentials credentials) {
        return SingletonSupplier.of(() -> clients.of(credentials.own()));
    }
}
