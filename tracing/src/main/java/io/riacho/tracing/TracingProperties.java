package io.riacho.tracing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Where traces are sent, and how many.
 *
 * @param endpoint of a collector that takes OTLP over HTTP, such as {@code http://127.0.0.1:4318}; nothing is traced where
 *     none is given
 * @param sampling the part of the traces that is recorded, from 0 to 1, where the caller does not say
 * @param serviceName {@code spring.application.name} where none is given
 * @param headersFile headers for the collector, which may be secret: a line {@code Name: value} for each
 * @param caFile certificates (PEM) that are trusted for the endpoint; the system's where none are given
 * @param interval after which spans are sent, at most
 * @param queue how many spans wait to be sent, at most; more are lost
 */
@ConfigurationProperties("riacho.tracing")
record TracingProperties(
        @Nullable URI endpoint,
        @DefaultValue("1") double sampling,
        @Nullable String serviceName,
        @Nullable Path headersFile,
        @Nullable Path caFile,
        @DefaultValue("1s") Duration interval,
        @DefaultValue("4096") int queue) {

    private static final int LARGEST_QUEUE = 1 << 20;

    TracingProperties {
        if (endpoint != null && !isPlain(endpoint)) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.tracing.endpoint",
                    "(not shown)",
                    "It has to be an http or https URL of a host, without user, query and fragment.");
        }
        // Not a number is neither.
        if (!(sampling >= 0 && sampling <= 1)) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.tracing.sampling", sampling, "It has to be from 0 to 1.");
        }
        if (interval.toMillis() < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.tracing.interval", interval, "It has to be at least 1ms.");
        }
        if (queue < 1 || queue > LARGEST_QUEUE) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.tracing.queue", queue, "It has to be from 1 to " + LARGEST_QUEUE + ".");
        }
    }

    /** A password in it would be shown in logs. */
    private static boolean isPlain(URI endpoint) {
        return ("http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme()))
                && endpoint.getHost() != null
                && endpoint.getUserInfo() == null
                && endpoint.getQuery() == null
                && endpoint.getFragment() == null;
    }
}
