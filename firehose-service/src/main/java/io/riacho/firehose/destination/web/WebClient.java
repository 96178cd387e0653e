package io.riacho.firehose.destination.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of all destinations that speak HTTP. Certificates are checked, redirects are not followed, nothing waits
 * without end. Safe for use by many threads.
 */
public final class WebClient implements AutoCloseable {

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final int connections;

    /**
     * @param ca a PEM file of certificates that are trusted beside those that Java trusts; null for none
     * @param connections to a destination at once, at least 1
     * @throws IllegalArgumentException where the file cannot be used
     */
    public WebClient(@Nullable Path ca, int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("riacho.firehose.connections has to be at least 1");
        }
        this.connections = connections;
        HttpClient.Builder builder = HttpClient.newBuilder();
        if (ca != null) {
            builder.sslContext(trusting(ca));
        }
        this.http = builder.connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
    }

    private static SSLContext trusting(Path ca) {
        try (InputStream pem = Files.newInputStream(ca)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int count = 0;
            for (TrustManager manager : trustManagers(null)) {
                if (manager instanceof X509TrustManager trusted) {
                    for (Certificate certificate : trusted.getAcceptedIssuers()) {
                        store.setCertificateEntry("java-" + count++, certificate);
                    }
                }
            }
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("file-" + count++, certificate);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(store), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("riacho.firehose.ca-file " + ca + " cannot be used: " + e, e);
        }
    }

    private static TrustManager[] trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** The way to one destination, with connections of its own: one that hangs keeps no other from working. */
    public Peer peer(Duration timeout) {
        return new Peer(timeout);
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    /** One destination's share of the client. Safe for use by many threads. */
    public final class Peer {

        private final Semaphore permits = new Semaphore(connections, true);
        private final Duration timeout;

        private Peer(Duration timeout) {
            this.timeout = timeout;
        }

        /**
         * Sends a request, which needs no timeout of its own.
         *
         * @param largest how many bytes of the answer are read
         * @throws InterruptedException where it was called off; the request ends, too
         */
        public WebAnswer send(HttpRequest.Builder request, int largest) throws WebException, InterruptedException {
            HttpRequest built = request.timeout(timeout).build();
            String host = built.uri().getHost()
                    + (built.uri().getPort() < 0 ? "" : ":" + built.uri().getPort());
            long end = System.nanoTime() + timeout.toNanos();
            if (!permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new WebException(WebException.Reason.TIMED_OUT, "No connection to " + host + " became free");
            }
            try {
                HttpResponse<BoundedBody.Bytes> answer = await(built, host, largest, end);
                return new WebAnswer(answer.statusCode(), answer.headers(), answer.body());
            } finally {
                permits.release();
            }
        }

        private HttpResponse<BoundedBody.Bytes> await(HttpRequest request, String host, int largest, long end)
                throws WebException, InterruptedException {
            CompletableFuture<HttpResponse<BoundedBody.Bytes>> answer =
                    http.sendAsync(request, _ -> new BoundedBody(largest));
            try {
                // The request's own timeout ends with the answer's head; this one is for all of it.
                return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw timedOut(host);
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                throw failed(cause == null ? e : cause, host);
            } finally {
                answer.cancel(true);
            }
        }

        private WebException timedOut(String host) {
            return new WebException(
                    WebException.Reason.TIMED_OUT,
                    "No answer came from " + host + " within " + timeout.toMillis() / 1000.0 + " s");
        }

        private WebException failed(Throwable cause, String host) {
            for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
                switch (inner) {
                    case HttpConnectTimeoutException unused -> {
                        return unreachable(host, "the connection timed out");
                    }
                    case HttpTimeoutException unused -> {
                        return timedOut(host);
                    }
                    case SSLException tls -> {
                        return new WebException(
                                WebException.Reason.UNTRUSTED, "TLS with " + host + " failed: " + tls.getMessage());
                    }
                    case UnknownHostException unused -> {
                        return unreachable(host, "there is no such host");
                    }
                    case UnresolvedAddressException unused -> {
                        return unreachable(host, "there is no such host");
                    }
                    case ConnectException refused -> {
                        if (refused.getCause() == null) {
                            return unreachable(host, "the connection was refused");
                        }
                    }
                    default -> {
                        // Its cause may say more.
                    }
                }
            }
            return cause instanceof ConnectException
                    ? unreachable(host, "the connection failed")
                    : new WebException(
                            WebException.Reason.BROKEN,
                            "The connection to " + host + " broke: "
                                    + cause.getClass().getSimpleName());
        }

        private static WebException unreachable(String host, String why) {
            return new WebException(WebException.Reason.UNREACHABLE, "Unable to connect to " + host + ": " + why);
        }
    }
}
