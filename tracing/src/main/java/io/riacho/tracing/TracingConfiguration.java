package io.riacho.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sends traces to the collector at {@code riacho.tracing.endpoint}, where that is set. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingProperties.class)
public class TracingConfiguration {

    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final Duration SENDING = Duration.ofSeconds(10);
    private static final int BATCH = 512;
    private static final int MOST_ATTRIBUTES = 32;
    private static final int MOST_EVENTS = 32;
    private static final int LONGEST_VALUE = 2048;

    @Bean
    Tracing tracing(TracingProperties properties, @Value("${spring.application.name:riacho}") String application) {
        URI endpoint = properties.endpoint();
        if (endpoint == null) {
            return Tracing.OFF;
        }
        String name = properties.serviceName() == null ? application : properties.serviceName();
        return new Tracing(SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", name)
                        .put("service.instance.id", UUID.randomUUID().toString())
                        .build()))
                .setSampler(Sampler.parentBased(new LinkedSampler(properties.sampling())))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxNumberOfLinks(Tracing.MOST_LINKS)
                        .setMaxNumberOfAttributes(MOST_ATTRIBUTES)
                        .setMaxNumberOfEvents(MOST_EVENTS)
                        .setMaxAttributeValueLength(LONGEST_VALUE)
                        .build())
                // A span is queued or, where the queue is full, lost: whoever ends it never waits.
                .addSpanProcessor(BatchSpanProcessor.builder(exporter(properties, endpoint))
                        .setMaxQueueSize(properties.queue())
                        .setMaxExportBatchSize(Math.min(BATCH, properties.queue()))
                        .setScheduleDelay(properties.interval())
                        .setExporterTimeout(SENDING)
                        .build())
                .build());
    }

    private static OtlpHttpSpanExporter exporter(TracingProperties properties, URI endpoint) {
        String base = endpoint.toString();
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint((base.endsWith("/") ? base : base + "/") + "v1/traces")
                .setCompression("gzip")
                .setConnectTimeout(CONNECTING)
                .setTimeout(SENDING);
        if (properties.headersFile() != null) {
            exporter.setHeaders(new ExportHeaders(properties.headersFile()));
        }
        if (properties.caFile() != null) {
            exporter.setTrustedCertificates(certificates(properties.caFile()));
        }
        return exporter.build();
    }

    private static byte[] certificates(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("riacho.tracing.ca-file cannot be used: " + e.getMessage(), e);
        }
    }
}
