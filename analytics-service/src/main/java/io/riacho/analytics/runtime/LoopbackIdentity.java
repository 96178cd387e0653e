package io.riacho.analytics.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.SecurityOptions;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key for one life of the embedded cluster. Whoever may send jobs to Flink may run code, and Flink knows no users: so that other users
 * of the machine cannot, both of its ports ask for this key (TLS with a client's certificate).
 */
final class LoopbackIdentity {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String TYPE = "PKCS12";
    private static final Duration BEFORE = Duration.ofDays(1);
    private static final Duration AFTER = Duration.ofDays(3650);
    private static final int SERIAL_BITS = 159;
    private static final int PASSWORD_BYTES = 32;

    private final Path store;
    private final String password;

    private LoopbackIdentity(Path store, String password) {
        this.store = store;
        this.password = password;
    }

    /** @param store the file to keep it in, for its owner alone */
    static LoopbackIdentity make(Path store) throws IOException, GeneralSecurityException {
        byte[] random = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair key = generator.generateKeyPair();
        X509Certificate certificate = certificate(key);
        KeyStore keys = KeyStore.getInstance(TYPE);
        keys.load(null, null);
        keys.setKeyEntry("flink", key.getPrivate(), password.toCharArray(), new Certificate[] {certificate});
        keys.setCertificateEntry("trusted", certificate);
        Files.createFile(store, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(store, StandardOpenOption.WRITE)) {
            keys.store(out, password.toCharArray());
        }
        return new LoopbackIdentity(store, password);
    }

    private static X509Certificate certificate(KeyPair key) throws GeneralSecurityException, IOException {
        X500Principal name = new X500Principal("CN=Embedded Flink,O=Riacho");
        Instant now = Instant.now();
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    new BigInteger(SERIAL_BITS, RANDOM),
                                    Date.from(now.minus(BEFORE)),
                                    Date.from(now.plus(AFTER)),
                                    name,
                                    key.getPublic())
                            .addExtension(
                                    Extension.subjectAlternativeName,
                                    false,
                                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** For the server and its clients alike. */
    void configure(Configuration flink) {
        String file = store.toString();
        flink.set(SecurityOptions.SSL_PROTOCOL, "TLSv1.3");
        flink.set(SecurityOptions.SSL_ALGORITHMS, "TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384");
        flink.set(SecurityOptions.SSL_REST_ENABLED, true);
        flink.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
        flink.set(SecurityOptions.SSL_REST_KEYSTORE, file);
        flink.set(SecurityOptions.SSL_REST_KEYSTORE_TYPE, TYPE);
        flink.set(SecurityOptions.SSL_REST_KEYSTORE_PASSWORD, password);
        flink.set(SecurityOptions.SSL_REST_KEY_PASSWORD, password);
        flink.set(SecurityOptions.SSL_REST_TRUSTSTORE, file);
        flink.set(SecurityOptions.SSL_REST_TRUSTSTORE_TYPE, TYPE);
        flink.set(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD, password);
        flink.set(SecurityOptions.SSL_INTERNAL_ENABLED, true);
        flink.set(SecurityOptions.SSL_INTERNAL_KEYSTORE, file);
        flink.set(SecurityOptions.SSL_INTERNAL_KEYSTORE_TYPE, TYPE);
        flink.set(SecurityOptions.SSL_INTERNAL_KEYSTORE_PASSWORD, password);
        flink.set(SecurityOptions.SSL_INTERNAL_KEY_PASSWORD, password);
        flink.set(SecurityOptions.SSL_INTERNAL_TRUSTSTORE, file);
        flink.set(SecurityOptions.SSL_INTERNAL_TRUSTSTORE_TYPE, TYPE);
        flink.set(SecurityOptions.SSL_INTERNAL_TRUSTSTORE_PASSWORD, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "LoopbackIdentity[" + store + "]";
    }
}
