package io.riacho.protocol.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA of an operator, and what it issues. */
public final class TestCertificates {

    private final KeyPair key;
    private final X509Certificate authority;

    public TestCertificates() throws GeneralSecurityException {
        key = CertificateIssuer.newKey();
        Instant now = Instant.now();
        authority = CertificateIssuer.authority(key, now.minus(Duration.ofDays(20)), now.plus(Duration.ofDays(20)));
    }

    public Path writeAuthority(Path file) throws IOException {
        return Files.write(file, CertificateIssuer.pem(authority));
    }

    /** Writes a certificate for localhost and its key; gives its serial number. */
    public String writeServer(Path certificate, Path privateKey, Instant end)
            throws IOException, GeneralSecurityException {
        KeyPair server = CertificateIssuer.newKey();
        X509Certificate issued = CertificateIssuer.server(
                authority,
                key.getPrivate(),
                server.getPublic(),
                CertificateNames.ofThisHost("127.0.0.1", List.of()),
                end.minus(Duration.ofDays(10)),
                end);
        Files.write(privateKey, CertificateIssuer.pem(server.getPrivate()));
        Files.write(certificate, CertificateIssuer.pem(issued));
        return issued.getSerialNumber().toString();
    }

    public KeyManager[] client() throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPair client = CertificateIssuer.newKey();
        Instant now = Instant.now();
        X509Certificate issued = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                X500Name.getInstance(
                                        authority.getSubjectX500Principal().getEncoded()),
                                java.math.BigInteger.TEN,
                                java.util.Date.from(now.minusSeconds(60)),
                                java.util.Date.from(now.plusSeconds(3600)),
                                new X500Name("CN=client"),
                                client.getPublic())
                        .addExtension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", client.getPrivate(), new char[0], new Certificate[] {issued});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }
}
