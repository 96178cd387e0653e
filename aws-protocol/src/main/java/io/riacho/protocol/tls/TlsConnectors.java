package io.riacho.protocol.tls;

import io.riacho.protocol.tls.TlsProperties.ClientAuth;
import io.riacho.protocol.watch.FileWatch;
import io.riacho.protocol.watch.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes listeners speak TLS 1.3 and 1.2, and has them show another certificate when the files change or when the own one
 * comes to its end. Connections that exist live on with the old one. Files that make no sense are not used, and what was
 * shown before is shown on. Safe for use by many threads.
 */
public final class TlsConnectors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TlsConnectors.class);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);
    private static final Duration WARNED_BEFORE_END = Duration.ofDays(30);
    private static final Duration WARNED_EVERY = Duration.ofDays(1);

    /** Only those with forward secrecy and authenticated encryption, which leaves TLS 1.2 no old ones. */
    private static final String TLS_12_CIPHERS = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384"
            + ":ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384"
            + ":ECDHE-RSA-CHACHA20-POLY1305";

    private static final String TLS_13_CIPHERS =
            "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

    private final IdentitySource source;
    private final ClientAuth clientAuth;
    private final @Nullable Path clientCa;
    private final InstantSource clock;
    private final List<Connector> connectors = new ArrayList<>();
    private @Nullable Shown shown;
    private @Nullable FileWatch files;
    private @Nullable Rounds rounds;
    private Instant warned = Instant.MIN;

    TlsConnectors(IdentitySource source, ClientAuth clientAuth, @Nullable Path clientCa, InstantSource clock) {
        this.source = source;
        this.clientAuth = clientAuth;
        this.clientCa = clientCa;
        this.clock = clock;
    }

    /**
     * Makes a listener that was not started yet speak TLS.
     *
     * @throws IllegalStateException where there is no certificate that is good
     */
    public synchronized void secure(Connector connector) {
        Shown now = shown;
        if (now == null) {
            files = new FileWatch(watched());
            now = load();
            shown = now;
            rounds = new Rounds("tls-certificates", LOOK_INTERVAL, this::look);
        }
        connector.setScheme("https");
        connector.setSecure(true);
        protocol(connector).setSSLEnabled(true);
        protocol(connector).addSslHostConfig(configuration(now));
        connectors.add(connector);
    }

    /** Looks whether another certificate is to be shown. */
    synchronized void look() {
        if (shown == null || files == null) {
            return;
        }
        if (files.hasChanged() || source.isDue(shown.identity())) {
            reload(shown);
        }
        warnBeforeTheEnd(shown.identity());
    }

    @Override
    public synchronized void close() {
        if (rounds != null) {
            rounds.close();
        }
    }

    private void reload(Shown before) {
        try {
            Shown now = load();
            if (now.equals(before)) {
                return;
            }
            for (Connector connector : connectors) {
                protocol(connector).addSslHostConfig(configuration(now), true);
            }
            shown = now;
            LOG.info("Certificates were read anew; showing {}", now.identity());
        } catch (IllegalStateException | IllegalArgumentException e) {
            LOG.error("{}; still showing {}", e.getMessage(), before.identity(), e);
        }
    }

    private void warnBeforeTheEnd(ServerIdentity identity) {
        Instant now = clock.instant();
        if (now.isBefore(identity.notAfter().minus(WARNED_BEFORE_END)) || now.isBefore(warned.plus(WARNED_EVERY))) {
            return;
        }
        warned = now;
        LOG.warn("The server's certificate ends at {}", identity.notAfter());
    }

    private List<Path> watched() {
        List<Path> all = new ArrayList<>(source.files());
        if (clientCa != null) {
            all.add(clientCa);
        }
        return all;
    }

    private Shown load() {
        try {
            ServerIdentity identity = source.load();
            return new Shown(identity, clientCa == null ? List.of() : PemFiles.certificates(clientCa));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("TLS: " + describe(e), e);
        }
    }

    /** File system exceptions say the file's name and not always what is wrong with it. */
    private static String describe(Exception e) {
        return e instanceof java.nio.file.NoSuchFileException missing
                ? missing.getFile() + " does not exist"
                : e instanceof IOException ? e.toString() : String.valueOf(e.getMessage());
    }

    private SSLHostConfig configuration(Shown now) {
        SSLHostConfig config = new SSLHostConfig();
        config.setProtocols("TLSv1.3+TLSv1.2");
        config.setCiphers(TLS_12_CIPHERS);
        config.setCipherSuites(TLS_13_CIPHERS);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
        try {
            certificate.setCertificateKeystore(now.identity().keyStore());
            certificate.setCertificateKeystorePassword(ServerIdentity.PASSWORD);
            config.addCertificate(certificate);
            if (clientAuth != ClientAuth.NONE) {
                config.setTrustStore(PemFiles.trustStore(now.clientCas()));
                config.setCertificateVerification(clientAuth == ClientAuth.NEED ? "required" : "optional");
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("TLS: " + describe(e), e);
        }
        return config;
    }

    private static AbstractHttp11Protocol<?> protocol(Connector connector) {
        return (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
    }

    private record Shown(ServerIdentity identity, List<X509Certificate> clientCas) {}
}
