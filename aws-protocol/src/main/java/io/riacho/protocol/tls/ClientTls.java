package io.riacho.protocol.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a service speaks TLS to another one.
 *
 * @param ca a PEM file: who is trusted; null for whom the JDK trusts
 * @param certificate a PEM file: what this side shows where it is asked for a certificate; null for nothing
 * @param privateKey a PEM file, not encrypted; given together with the certificate
 */
public record ClientTls(
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path privateKey) {

    public ClientTls {
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException("a certificate and its private key have to be given together");
        }
    }

    /** What may change while the server runs. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path file : new @Nullable Path[] {ca, certificate, privateKey}) {
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }

    /**
     * Reads the files.
     *
     * @throws GeneralSecurityException where they hold nothing that can be used, or the key is another certificate's
     */
    public SSLContext context() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(), trusted(), null);
        return context;
    }

    /**
     * What this side shows.
     *
     * @return null for nothing
     */
    public KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
        if (certificate == null || privateKey == null) {
            return null;
        }
        KeyStore store = PemFiles.identity(certificate, privateKey).keyStore();
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, ServerIdentity.PASSWORD.toCharArray());
        return factory.getKeyManagers();
    }

    /**
     * What servers' certificates are checked with.
     *
     * @return null for what this Java trusts
     */
    public TrustManager @Nullable [] trusted() throws IOException, GeneralSecurityException {
        if (ca == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(PemFiles.trustStore(PemFiles.certificates(ca)));
        return factory.getTrustManagers();
    }
}
