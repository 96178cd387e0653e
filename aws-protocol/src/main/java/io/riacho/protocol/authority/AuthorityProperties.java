package io.riacho.protocol.authority;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where auth-service is, and who this service is to it.
 *
 * @param url such as {@code https://auth.example.org:4570}
 * @param clientId of the OAuth2 client that this service is
 * @param clientSecretFile a file that holds the client's secret and nothing else
 * @param caFile the certificates (PEM) that are trusted for the URL; the system's where none are given
 */
@ConfigurationProperties("riacho.authority")
public record AuthorityProperties(
        URI url,
        String clientId,
        Path clientSecretFile,
        @Nullable Path caFile) {}
