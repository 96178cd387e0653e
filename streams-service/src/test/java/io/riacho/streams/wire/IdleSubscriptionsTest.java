package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.fanout.Subscriptions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a thousand subscriptions cost that wait, over a few connections with HTTP/2 and TLS. */
class IdleSubscriptionsTest {

    private static final Logger LOG = LoggerFactory.getLogger(IdleSubscriptionsTest.class);
    private static final int SHARDS = 50;
    private static final int CONSUMERS = 20;
    private static final int CONNECTIONS = 4;
    /** The client's part is in it, as it runs in the same process. */
    private static final long MOST_BYTES_EACH = 192 << 10;

    private static final int MOST_THREADS = 16;

    private final WireServer server = WireServer.fanOut();

    @Test
    void aThousandTakeNoThreadsAndLittleMemory() throws Exception {
        Subscriptions subscriptions = server.bean("fanOut", Subscriptions.class);
        // Those of tests before are about to end.
        WireServer.await(() -> subscriptions.count() == 0);
        String stream = server.createStream(SHARDS);
        List<String> consumers = new ArrayList<>();
        for (int i = 0; i < CONSUMERS; i++) {
            consumers.add(server.registerConsumer(stream, "reader-" + i));
        }
        List<HttpClient> clients = new ArrayList<>();
        // The clients' own would grow with what comes at once.
        ExecutorService threadsOfClients = Executors.newFixedThreadPool(CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(HttpClient.newBuilder()
                    .executor(threadsOfClients)
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(trusting())
                    .build());
        }
        AtomicInteger told = new AtomicInteger();
        try {
            // What comes with the first subscription of each connection is not counted.
            for (HttpClient client : clients) {
                subscribe(client, consumers.getFirst(), 0, told);
                int number = clients.indexOf(client) + 1;
                WireServer.await(() -> told.get() >= number);
            }
            int before = subscriptions.count();
            long memory = usedMemory();
            Set<Thread> threads = Thread.getAllStackTraces().keySet();

            for (int i = 1; i < SHARDS * CONSUMERS; i++) {
                subscribe(clients.get(i % CONNECTIONS), consumers.get(i / SHARDS), i % SHARDS, told);
            }
            WireServer.await(() -> subscriptions.count() >= before + SHARDS * CONSUMERS - CONNECTIONS);

            Set<Thread> more = new HashSet<>(Thread.getAllStackTraces().keySet());
            more.removeAll(threads);
            long each = (usedMemory() - memory) / (SHARDS * CONSUMERS);
            LOG.info(
                    "{} idle subscriptions: {} more threads, {} KiB each with the client's part",
                    subscriptions.count(),
                    more.size(),
                    each >> 10);
            assertThat(more).hasSizeLessThan(MOST_THREADS);
            assertThat(each).isLessThan(MOST_BYTES_EACH);
        } finally {
            clients.forEach(HttpClient::shutdownNow);
            threadsOfClients.shutdownNow();
        }
        WireServer.await(() -> subscriptions.count() == 0);
    }

    /** Counts the subscription once its first bytes have come. */
    private void subscribe(HttpClient client, String consumer, int shard, AtomicInteger told) {
        boolean[] first = {true};
        var unused = client.sendAsync(
                server.subscriptionOverTls(consumer, Integer.toString(shard)),
                BodyHandlers.ofByteArrayConsumer(piece -> {
                    if (piece.isPresent() && first[0]) {
                        first[0] = false;
                        told.incrementAndGet();
                    }
                }));
    }

    private SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(server.folder().resolve("tls/ca.crt"))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static long usedMemory() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
