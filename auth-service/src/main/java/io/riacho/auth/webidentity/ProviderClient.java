package io.riacho.auth.webidentity;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches what providers publish. It follows no redirect, reads no more than 128 KiB in no more than five seconds, sends
 * no credentials, and uses no proxy. Where it is guarded it connects to public addresses only, and only by TLS: each name
 * is resolved once, and the very addresses that were checked are connected to. Safe for use by many threads.
 */
final class ProviderClient implements ResourceRetriever, AutoCloseable {

    private static final int MOST_BYTES = 128 * 1024;
    private static final long PATIENCE_SECONDS = 5;
    private static final Timeout STEP = Timeout.ofSeconds(3);

    private final boolean tlsOnly;
    private final CloseableHttpClient http;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    /**
     * @param tlsOnly whether {@code http} is refused
     * @param resolver says where names lead
     * @param trust whose certificates are taken
     */
    ProviderClient(boolean tlsOnly, DnsResolver resolver, SSLContext trust) {
        this.tlsOnly = tlsOnly;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                        .setMaxConnTotal(8)
                        .setMaxConnPerRoute(2)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(STEP)
                                .setSocketTimeout(STEP)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(STEP)
                        .setResponseTimeout(STEP)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    static ProviderClient guarded() {
        return guarded(SystemDefaultDnsResolver.INSTANCE);
    }

    static ProviderClient guarded(DnsResolver names) {
        return new ProviderClient(true, new GuardedNames(names), SSLContexts.createDefault());
    }

    /** For providers that the operator named. */
    static ProviderClient trusting() {
        return new ProviderClient(false, SystemDefaultDnsResolver.INSTANCE, SSLContexts.createDefault());
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try {
            return new Resource(fetch(url.toURI()), null);
        } catch (URISyntaxException e) {
            throw new IOException("Not a URL", e);
        }
    }

    /** @throws IOException where there is no answer, or not the one that is allowed */
    String fetch(URI uri) throws IOException {
        boolean isTls = "https".equalsIgnoreCase(uri.getScheme());
        if ((!isTls && tlsOnly) || (!isTls && !"http".equalsIgnoreCase(uri.getScheme()))) {
            throw new IOException("Only https is allowed");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IOException("Not the URL of a server");
        }
        HttpGet request = new HttpGet(uri);
        request.setHeader("Accept", "application/json");
        ScheduledFuture<?> alarm = watch.schedule(request::abort, PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            return http.execute(request, response -> {
                if (response.getCode() != 200) {
                    throw new IOException("The answer was " + response.getCode());
                }
                return read(response.getEntity());
            });
        } finally {
            alarm.cancel(false);
        }
    }

    private static String read(HttpEntity entity) throws IOException {
        try (InputStream body = entity.getContent()) {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("The answer is too long");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        http.close();
    }

    /** Resolves names to public addresses only; one that has any other is not resolved at all. */
    private record GuardedNames(DnsResolver names) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = names.resolve(host);
            for (InetAddress address : addresses) {
                if (!PublicAddresses.contain(address)) {
                    throw new UnknownHostException("Not a public address");
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
