package io.riacho.flink.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted. */
public final class Trust {

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private Trust() {}

    /**
     * @param trustedCa PEM; null for what Java trusts
     * @return null for what Java trusts
     * @throws IllegalArgumentException where it is no PEM
     */
    static TrustManager @Nullable [] managers(@Nullable String trustedCa) {
        if (trustedCa == null) {
            return null;
        }
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(trustedCa.getBytes(StandardCharsets.US_ASCII)));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "'" + AccessOptions.SESSION_TRUSTED_CA.key() + "' holds no certificates in PEM", e);
        }
    }

    /** A client that follows nobody elsewhere. */
    public static HttpClient httpClient(@Nullable String trustedCa) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER);
        TrustManager[] managers = managers(trustedCa);
        if (managers != null) {
            try {
                SSLContext tls = SSLContext.getInstance("TLS");
                tls.init(null, managers, null);
                builder.sslContext(tls);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has TLS", e);
            }
        }
        return builder.build();
    }
}
