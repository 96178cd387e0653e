package io.riacho.auth.webidentity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider's URL could be used for against this server and its network. */
@Timeout(60)
class ProviderClientTest {

    private static final int ONE_MIB = 1 << 20;

    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private ServerSocket inside;

    @BeforeEach
    void start() throws IOException {
        inside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inside.setSoTimeout(1);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/ok", exchange -> send(exchange, "{}".getBytes(UTF_8)));
        server.createContext("/redirect", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().set("Location", "/ok");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/large", exchange -> send(exchange, new byte[ONE_MIB]));
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (over.getCount() > 0) {
                    body.write(new byte[8192]);
                }
            }
        });
        server.createContext("/packed", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            send(exchange, packed(new byte[64 * ONE_MIB]));
        });
        server.createContext("/dripping", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (!over.await(200, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    body.write(' ');
                    body.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.createContext("/cookie", exchange -> {
            asked.addAndGet(exchange.getRequestHeaders().containsKey("Cookie") ? 100 : 1);
            exchange.getResponseHeaders().set("Set-Cookie", "a=b");
            send(exchange, "{}".getBytes(UTF_8));
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
        inside.close();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private void assertNobodyKnocked() {
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> inside.accept());
    }

    private static DnsResolver leadingTo(String... addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] all = new InetAddress[addresses.length];
                for (int i = 0; i < all.length; i++) {
                    all[i] = InetAddress.getByName(addresses[i]);
                }
                return all;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0.0.0.0",
                "localhost",
                "LOCALHOST.",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:0:0:1]",
                "[::]"
            })
    void aGuardedClientReachesNothingOnThisHost(String host) throws IOException {
        try (ProviderClient client = ProviderClient.guarded()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.fetch(URI.create("https://" + host + ":" + inside.getLocalPort() + "/")));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(host);
        }
        assertNobodyKnocked();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.1.1", "fd00:ec2::254", "64:ff9b::7f00:1"})
    void aNameThatLeadsInsideIsNotFollowed(String address) throws IOException {
        try (ProviderClient client = ProviderClient.guarded(leadingTo(address))) {
            assertThatExceptionOfType(UnknownHostException.class)
                    .isThrownBy(
                            () -> client.fetch(URI.create("https://idp.example.com:" + inside.getLocalPort() + "/")))
                    .withMessageContaining("Not a public address");
        }
        assertNobodyKnocked();
    }

    @Test
    void aNameThatLeadsInsideAmongOthersIsNotFollowedAtAll() throws IOException {
        try (ProviderClient client = ProviderClient.guarded(leadingTo("8.8.8.8", "127.0.0.1"))) {
            assertThatExceptionOfType(UnknownHostException.class)
                    .isThrownBy(
                            () -> client.fetch(URI.create("https://idp.example.com:" + inside.getLocalPort() + "/")));
        }
        assertNobodyKnocked();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example.com/",
                "HTTP://idp.example.com/",
                "ftp://idp.example.com/",
                "file:///etc/passwd",
                "jar:file:///tmp/a.jar!/b",
                "https:/etc/passwd",
                "https:///etc/passwd",
                "gopher://idp.example.com:70/",
                "https://user:password@idp.example.com/",
                "/etc/passwd",
                ""
            })
    void aGuardedClientSpeaksHttpsOnlyAndShowsNoCredentials(String url) throws IOException {
        AtomicInteger resolved = new AtomicInteger();
        DnsResolver counting = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                resolved.incrementAndGet();
                throw new UnknownHostException(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        try (ProviderClient client = ProviderClient.guarded(counting)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.fetch(URI.create(url)));
        }
        assertThat(resolved).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/", "http://user@127.0.0.1/", "http:///x"})
    void notEvenTheOperatorsProvidersAreFilesOrGetCredentials(String url) throws IOException {
        try (ProviderClient client = ProviderClient.trusting()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.fetch(URI.create(url)));
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (ProviderClient client = ProviderClient.trusting()) {
            assertThat(client.fetch(at("/ok"))).isEqualTo("{}");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.fetch(at("/redirect")))
                    .withMessageContaining("302");
        }
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/endless"})
    void aHugeAnswerIsNotRead(String path) throws IOException {
        try (ProviderClient client = ProviderClient.trusting()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.fetch(at(path)))
                    .withMessageContaining("too long");
        }
    }

    @Test
    void aPackedAnswerIsNotUnpacked() throws IOException {
        try (ProviderClient client = ProviderClient.trusting()) {
            assertThat(client.fetch(at("/packed")).length()).isLessThan(128 * 1024);
        }
    }

    @Test
    void anAnswerThatNeverEndsIsBrokenOff() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ProviderClient client = ProviderClient.trusting()) {
            URI noAnswer = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            List<Thread> asking = List.of(
                    Thread.startVirtualThread(() -> assertFails(client, at("/dripping"))),
                    Thread.startVirtualThread(() -> assertFails(client, noAnswer)));
            for (Thread thread : asking) {
                thread.join();
            }
        }
        assertThat(asked).hasValue(2);
    }

    private void assertFails(ProviderClient client, URI uri) {
        try {
            client.fetch(uri);
        } catch (IOException e) {
            asked.incrementAndGet();
        }
    }

    @Test
    void nothingIsRememberedBetweenRequests() throws IOException {
        try (ProviderClient client = ProviderClient.trusting()) {
            client.fetch(at("/cookie"));
            client.fetch(at("/cookie"));
        }
        assertThat(asked).hasValue(2);
    }
}
