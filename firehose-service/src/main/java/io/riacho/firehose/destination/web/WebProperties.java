package io.riacho.firehose.destination.web;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Riacho speaks HTTP to destinations.
 *
 * @param caFile a PEM file of certificates that are trusted beside those that Java trusts
 * @param connections to each destination at once, at least 1
 * @param endpoints where HTTP endpoints really are, by the URLs that configurations give; {@code http} or {@code https}
 */
@ConfigurationProperties("riacho.firehose")
public record WebProperties(
        @Nullable Path caFile,
        @DefaultValue("8") int connections,
        @DefaultValue Map<String, URI> endpoints) {

    public WebProperties {
        endpoints = Map.copyOf(endpoints);
        endpoints.values().forEach(url -> {
            if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                throw new IllegalArgumentException("riacho.firehose.endpoints has to have http or https URLs");
            }
        });
    }

    /** Without the URLs, which may have secrets in them. */
    @Override
    public String toString() {
        return "WebProperties[caFile=" + caFile + ", connections=" + connections + "]";
    }
}
