package io.riacho.compatibility;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A CA that issues certificates to clients, and TLS clients that show them. */
final class ClientCertificates {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final char[] NO_PASSWORD = {};

    private final KeyPair key;
    private final X509Certificate authority;

    /** A certificate with its key. */
    record Issued(X509Certificate certificate, KeyPair key) {

        void write(Path certificateFile, Path keyFile) throws IOException, GeneralSecurityException {
            Files.writeString(keyFile, pem("PRIVATE KEY", key.getPrivate().getEncoded()));
            Files.writeString(certificateFile, pem("CERTIFICATE", certificate.getEncoded()));
        }
    }

    ClientCertificates(String name) throws GeneralSecurityException, OperatorCreationException, IOException {
        key = newKey();
        X500Name own = new X500Name("CN=" + name);
        authority = sign(builder(own, own, key, BigInteger.ONE)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0)));
    }

    void writeAuthority(Path file) throws IOException, GeneralSecurityException {
        Files.writeString(file, pem("CERTIFICATE", authority.getEncoded()));
    }

    Issued issue(String name) throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair client = newKey();
        X500Name issuer =
                X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
        return new Issued(
                sign(builder(issuer, new X500Name("CN=" + name), client, BigInteger.TWO)
                        .addExtension(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))),
                client);
    }

    /** @param shown what a client shows where it is asked for a certificate; null for none */
    static SSLContext context(Path trusted, @Nullable Issued shown) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown == null ? null : keys(shown), trusting(trusted), null);
        return context;
    }

    static TrustManager[] trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        try (InputStream in = Files.newInputStream(file)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    static KeyManager[] keys(Issued shown) throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        store.setKeyEntry("client", shown.key.getPrivate(), NO_PASSWORD, new Certificate[] {shown.certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair owner, BigInteger serial) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(now.minus(LIFE)), Date.from(now.plus(LIFE)), subject, owner.getPublic());
    }

    private X509Certificate sign(org.bouncycastle.cert.X509v3CertificateBuilder builder)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }
}
