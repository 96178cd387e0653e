package io.riacho.protocol.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.springframework.boot.ssl.pem.PemContent;

/** Reads certificates and keys in PEM (RFC 7468). */
final class PemFiles {

    private static final long LARGEST = 1 << 20;

    private PemFiles() {}

    static ServerIdentity identity(Path certificate, Path key) throws IOException, GeneralSecurityException {
        try {
            return ServerIdentity.of(certificates(certificate), privateKey(key));
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException(certificate + ", " + key + ": " + e.getMessage(), e);
        }
    }

    static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        String text = text(file);
        List<X509Certificate> certificates;
        try {
            certificates = PemContent.of(text).getCertificates();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new GeneralSecurityException(file + " holds no certificate in PEM", e);
        }
        return certificates;
    }

    static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        String text = text(file);
        PrivateKey key;
        try {
            key = PemContent.of(text).getPrivateKey();
        } catch (IllegalStateException | IllegalArgumentException e) {
            // Not the cause: nobody knows how much of the file it quotes.
            throw new GeneralSecurityException(file + " holds no private key in PEM that is not encrypted");
        }
        if (key == null) {
            throw new GeneralSecurityException(file + " holds no private key");
        }
        return key;
    }

    static KeyStore trustStore(List<X509Certificate> trusted) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (X509Certificate certificate : trusted) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        return store;
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than any PEM file of ours");
        }
        return Files.readString(file);
    }
}
