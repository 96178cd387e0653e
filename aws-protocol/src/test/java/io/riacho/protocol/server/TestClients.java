package io.riacho.protocol.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Clients that trust what a test tells them to. */
final class TestClients {

    private TestClients() {}

    static TrustManager[] trusting(Path ca) {
        try (InputStream in = Files.newInputStream(ca)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static SSLContext context(Path ca, KeyManager @Nullable ... keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trusting(ca), null);
        return context;
    }

    static KinesisClient plain(int port, String accessKey) {
        return client(URI.create("http://127.0.0.1:" + port), accessKey, ApacheHttpClient.builder());
    }

    static KinesisClient https(int port, Path ca, String accessKey) {
        return client(
                URI.create("https://localhost:" + port),
                accessKey,
                ApacheHttpClient.builder().tlsTrustManagersProvider(() -> trusting(ca)));
    }

    @SuppressWarnings("deprecation") // no retries, so that each call is one request
    private static KinesisClient client(URI endpoint, String accessKey, ApacheHttpClient.Builder http) {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, ToyKinesis.SECRET_KEY)))
                .httpClientBuilder(http)
                .overrideConfiguration(configuration -> configuration.retryPolicy(RetryPolicy.none()))
                .build();
    }
}
