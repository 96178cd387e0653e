package io.riacho.protocol.tls;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * How the server speaks TLS.
 *
 * @param enabled whether it listens for HTTPS on a port of its own
 * @param port of that listener, 0 for any free one; by default the server's port less 123
 * @param folder where the own certificates lie; by default {@code tls} in the data folder
 * @param certificate a PEM file: the server's certificate and those between it and its root; null for an own one
 * @param privateKey a PEM file, not encrypted
 * @param names DNS names and addresses that the own certificate is good for, besides those of this host
 * @param clientAuth whether clients have to show a certificate, too
 * @param clientCa a PEM file: whose certificates clients may show
 */
@ConfigurationProperties("riacho.tls")
public record TlsProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Integer port,
        @Nullable Path folder,
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @DefaultValue List<String> names,
        @DefaultValue("none") ClientAuth clientAuth,
        @Nullable Path clientCa) {

    /** So that a second server on another port finds its port for TLS free, too: 4566 and 4443, 4567 and 4444. */
    private static final int BELOW_SERVER_PORT = 123;

    private static final int LARGEST_PORT = 65_535;

    /** What clients have to show. */
    public enum ClientAuth {
        NONE,
        /** A certificate that is shown has to be good, but none need be. */
        WANT,
        NEED
    }

    public TlsProperties {
        if (port != null && (port < 0 || port > LARGEST_PORT)) {
            throw new InvalidConfigurationPropertyValueException("riacho.tls.port", port, "It has to be 0 to 65535.");
        }
        if ((certificate == null) != (privateKey == null)) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.tls.certificate", certificate, "It has to be given together with riacho.tls.private-key.");
        }
        if (certificate != null && !names.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.tls.names", names, "A certificate is given, which has names of its own.");
        }
        if ((clientAuth != ClientAuth.NONE) != (clientCa != null)) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.tls.client-auth",
                    clientAuth,
                    "want and need go together with riacho.tls.client-ca, and none without.");
        }
        names = List.copyOf(names);
    }

    /** @param serverPort the port for HTTP, 0 for any free one */
    int portBeside(int serverPort) {
        if (port != null) {
            return port;
        }
        if (serverPort > 0 && serverPort <= BELOW_SERVER_PORT) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.tls.port", null, "It has to be given where server.port is below 124.");
        }
        return Math.max(serverPort - BELOW_SERVER_PORT, 0);
    }
}
