package io.riacho.protocol.tls;

import io.riacho.protocol.secret.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate from a CA of our own, made at the first start. {@code ca.crt} is what clients trust; it is the last file of
 * the CA to be written, and {@code server.crt} the last of the server's, so a start that was cut short is begun anew.
 */
final class OwnIdentity implements IdentitySource {

    private static final Logger LOG = LoggerFactory.getLogger(OwnIdentity.class);
    private static final Duration CA_LIFE = Duration.ofDays(3650);
    private static final Duration SERVER_LIFE = Duration.ofDays(365);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    /** For clients whose clock is behind ours. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private final Path caCertificate;
    private final Path caKey;
    private final Path serverCertificate;
    private final Path serverKey;
    private final CertificateNames names;
    private final InstantSource clock;
    private volatile Instant caEnd = Instant.MAX;

    OwnIdentity(Path folder, CertificateNames names, InstantSource clock) {
        this.caCertificate = folder.resolve("ca.crt");
        this.caKey = folder.resolve("ca.key");
        this.serverCertificate = folder.resolve("server.crt");
        this.serverKey = folder.resolve("server.key");
        this.names = names;
        this.clock = clock;
    }

    @Override
    public ServerIdentity load() throws IOException, GeneralSecurityException {
        if (!Files.exists(caCertificate)) {
            makeAuthority();
        }
        X509Certificate authority = PemFiles.certificates(caCertificate).getFirst();
        caEnd = authority.getNotAfter().toInstant();
        ServerIdentity kept = kept(authority);
        return kept != null ? kept : issue(authority);
    }

    @Override
    public List<Path> files() {
        return List.of(caCertificate, serverCertificate, serverKey);
    }

    /** Not where it ends with the CA: another one would end no later. */
    @Override
    public boolean isDue(ServerIdentity shown) {
        return !clock.instant().isBefore(shown.notAfter().minus(RENEWED_BEFORE_END))
                && shown.notAfter().isBefore(caEnd);
    }

    /** @return null where another one is needed */
    private @Nullable ServerIdentity kept(X509Certificate authority) throws IOException {
        if (!Files.exists(serverCertificate) || !Files.exists(serverKey)) {
            return null;
        }
        try {
            ServerIdentity identity =
                    PemFiles.identity(serverCertificate, serverKey).requireValidAt(clock.instant());
            identity.certificate().verify(authority.getPublicKey());
            boolean isGood = !isDue(identity) && names.areCoveredBy(identity.certificate());
            return isGood ? identity : null;
        } catch (GeneralSecurityException e) {
            LOG.warn("Making another server certificate: {}", e.getMessage());
            return null;
        }
    }

    private ServerIdentity issue(X509Certificate authority) throws IOException, GeneralSecurityException {
        Instant now = clock.instant();
        if (!now.isBefore(caEnd)) {
            throw new GeneralSecurityException(caCertificate + " ended at " + caEnd
                    + ". Remove it, have another made by a start, and give it to the clients.");
        }
        PrivateKey authorityKey = PemFiles.privateKey(caKey);
        ServerIdentity _ = ServerIdentity.of(List.of(authority), authorityKey);
        KeyPair key = CertificateIssuer.newKey();
        Instant end = now.plus(SERVER_LIFE);
        X509Certificate certificate = CertificateIssuer.server(
                authority,
                authorityKey,
                key.getPublic(),
                names,
                now.minus(BACKDATED),
                end.isBefore(caEnd) ? end : caEnd);
        SecretFile.write(serverKey, CertificateIssuer.pem(key.getPrivate()));
        SecretFile.writeForAll(serverCertificate, CertificateIssuer.pem(certificate));
        LOG.info("Made a server certificate, {}, valid to {}", serverCertificate, certificate.getNotAfter());
        return ServerIdentity.of(List.of(certificate), key.getPrivate());
    }

    private void makeAuthority() throws IOException, GeneralSecurityException {
        KeyPair key = CertificateIssuer.newKey();
        Instant now = clock.instant();
        X509Certificate certificate = CertificateIssuer.authority(key, now.minus(BACKDATED), now.plus(CA_LIFE));
        SecretFile.write(caKey, CertificateIssuer.pem(key.getPrivate()));
        SecretFile.writeForAll(caCertificate, CertificateIssuer.pem(certificate));
        LOG.info("Made a CA; clients trust it by {}", caCertificate);
    }
}
