package io.riacho.protocol.authority;

import io.riacho.protocol.tls.ClientTls;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Where auth-service is, and who this service is to it.
 *
 * @param url such as {@code https://auth.example.org:4570}
 * @param clientId of the OAuth2 client that this service is
 * @param clientSecretFile a file that holds the client's secret and nothing else
 * @param caFile the certificates (PEM) that are trusted for the URL; the system's where none are given
 * @param certificate the certificate (PEM) that this service shows to an auth-service that asks for one
 * @param privateKey its private key (PEM, not encrypted)
 */
@ConfigurationProperties("riacho.authority")
public record AuthorityProperties(
        URI url,
        String clientId,
        Path clientSecretFile,
        @Nullable Path caFile,
        @Nullable Path certificate,
        @Nullable Path privateKey) {

    public AuthorityProperties {
        if ((certificate == null) != (privateKey == null)) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.authority.certificate",
                    certificate,
                    "It has to be given together with riacho.authority.private-key.");
        }
    }

    ClientTls tls() {
        return new ClientTls(caFile, certificate, privateKey);
    }
}
