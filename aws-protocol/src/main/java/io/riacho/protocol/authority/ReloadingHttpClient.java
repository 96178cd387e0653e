package io.riacho.protocol.authority;

import io.riacho.protocol.tls.ClientTls;
import io.riacho.protocol.watch.FileWatch;
import io.riacho.protocol.watch.Rounds;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP client that is made anew when the certificates it trusts or shows change. Files that make no sense are reported
 * and change nothing; at the start they keep it from being made. Safe for use by many threads.
 */
final class ReloadingHttpClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadingHttpClient.class);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private final ClientTls tls;
    private final Duration patience;
    private final @Nullable FileWatch watch;
    private final @Nullable Rounds rounds;
    private volatile HttpClient current;

    /** @param patience how long to wait for a connection */
    ReloadingHttpClient(ClientTls tls, Duration patience) {
        this.tls = tls;
        this.patience = patience;
        watch = tls.files().isEmpty() ? null : new FileWatch(tls.files());
        try {
            current = newClient();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The certificates for auth-service cannot be used: " + e.getMessage(), e);
        }
        rounds = watch == null ? null : new Rounds("authority-certificates", LOOK_INTERVAL, this::look);
    }

    /** The one to use for the next request. */
    HttpClient current() {
        return current;
    }

    private void look() {
        if (watch == null || !watch.hasChanged()) {
            return;
        }
        try {
            HttpClient before = current;
            current = newClient();
            // Requests that are under way are answered.
            before.shutdown();
            LOG.info("The certificates for auth-service were read anew");
        } catch (IOException | GeneralSecurityException e) {
            LOG.error("The certificates for auth-service cannot be used; those before are used on", e);
        }
    }

    private HttpClient newClient() throws IOException, GeneralSecurityException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience);
        if (!tls.files().isEmpty()) {
            builder.sslContext(tls.context());
        }
        return builder.build();
    }

    @Override
    public void close() {
        if (rounds != null) {
            rounds.close();
        }
        current.close();
    }
}
