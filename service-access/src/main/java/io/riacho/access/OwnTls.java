package io.riacho.access;

import io.riacho.protocol.tls.TlsProperties;
import io.riacho.protocol.tls.TlsProperties.ClientAuth;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a service needs as a client of another one, which may be the server that it belongs to.
 *
 * @param isOwn whether it asks its own server, by HTTPS
 * @param tls of its own server
 * @param folder where that has its own certificates
 */
public record OwnTls(boolean isOwn, TlsProperties tls, Path folder) {

    /** @param asked null for its own server */
    public static OwnTls of(@Nullable URI asked, boolean isHttpEnabled, TlsProperties tls, Path folder) {
        return new OwnTls(asked == null && !isHttpEnabled, tls, folder);
    }

    /**
     * The certificate authority to trust; null for those that Java trusts.
     *
     * @param given by configuration
     */
    public @Nullable Path authority(@Nullable Path given) {
        return given == null && isOwn ? folder.resolve("ca.crt") : given;
    }

    /** Whether the server has to be asked by a name, for its certificate is good for names that nobody but its owner knows. */
    public boolean needsName() {
        return isOwn && tls.certificate() != null;
    }

    /** Whether the server talks to nobody who shows no certificate. */
    public boolean needsClientCertificate() {
        return isOwn && tls.clientAuth() == ClientAuth.NEED;
    }
}
