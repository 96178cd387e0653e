package io.riacho.access;

import io.riacho.protocol.tls.ClientTls;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Clients of Kinesis Data Streams, which share their connections. Safe for use by many threads. */
public final class KinesisClients implements AutoCloseable {

    private static final int REQUESTS = 6_400;

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
        this.http = ServiceConnections.open(tls, REQUESTS);
    }

    /** A client that may be closed at any time without harm to others. */
    public KinesisAsyncClient of(AwsCredentialsProvider credentials) {
        ClientOverrideConfiguration.Builder override =
                ClientOverrideConfiguration.builder().addExecutionInterceptor(new TraceHeaders());
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
