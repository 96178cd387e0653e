package io.riacho.access;

import io.riacho.protocol.tls.ClientTls;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Clients of Kinesis Data Streams, which share their connections. Safe for use by many threads. */
public final class KinesisClients implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 64;

    private final Supplier<URI> endpoint;
    private final Region region;
    private final SdkAsyncHttpClient http;
    /** A client that has none of these has a pool of platform threads, and there is a client for each delivery stream. */
    private final ExecutorService answers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("firehose-kinesis-", 0).factory());
    /** For pauses before repeated requests, which each client would have a thread for. */
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("firehose-kinesis-timer").daemon().factory());

    /**
     * @param endpoint asked when the first client is made: the server's own port is not known before
     * @param tls of an HTTPS endpoint
     * @throws IllegalStateException where its files cannot be used
     */
    public KinesisClients(Supplier<URI> endpoint, ClientTls tls, String region) {
        this.endpoint = endpoint;
        this.region = Region.of(region);
        NettyNioAsyncHttpClient.Builder connections = NettyNioAsyncHttpClient.builder()
                .protocol(Protocol.HTTP2)
                .maxConcurrency(CONNECTIONS * 100)
                .connectionAcquisitionTimeout(PATIENCE)
                .readTimeout(PATIENCE);
        secure(connections, tls);
        this.http = connections.build();
    }

    /** Netty has its own way to trust what this Java trusts, and fails where it is given nothing. */
    private static void secure(NettyNioAsyncHttpClient.Builder connections, ClientTls tls) {
        try {
            TrustManager[] trusted = tls.trusted();
            if (trusted != null) {
                connections.tlsTrustManagersProvider(() -> trusted);
            }
            KeyManager[] keys = tls.keys();
            if (keys != null) {
                connections.tlsKeyManagersProvider(() -> keys);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The certificates for Kinesis cannot be used: " + tls.files(), e);
        }
    }

    /** A client that may be closed at any time without harm to others. */
    public KinesisAsyncClient of(AwsCredentialsProvider credentials) {
        ClientOverrideConfiguration.Builder override = ClientOverrideConfiguration.builder();
        if (credentials instanceof RoleCredentialsProvider role) {
            override.addExecutionInterceptor(role.refusals());
        }
        return KinesisAsyncClient.builder()
                .endpointOverride(endpoint.get())
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(override.scheduledExecutorService(timer).build())
                .asyncConfiguration(
                        async -> async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, answers))
                .build();
    }

    @Override
    public void close() {
        http.close();
        answers.shutdown();
        timer.shutdownNow();
    }
}
