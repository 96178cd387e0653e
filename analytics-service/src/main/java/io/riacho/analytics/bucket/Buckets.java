package io.riacho.analytics.bucket;

import io.riacho.access.ConnectionThreads;
import io.riacho.analytics.role.RoleSessions;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The S3 of reference data and samples. One that knows Riacho's roles is asked as the role. One that does not is asked with a key of the
 * service, which jobs never see, for what the role may read. Safe for use by many threads.
 */
public final class Buckets {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final @Nullable Supplier<URI> endpoint;
    private final @Nullable AwsCredentials key;
    private final ReadPolicy policy;
    private final String region;

    /**
     * @param endpoint null where there is no S3
     * @param key null where the store knows roles
     */
    public Buckets(@Nullable Supplier<URI> endpoint, @Nullable AwsCredentials key, ReadPolicy policy, String region) {
        this.endpoint = endpoint;
        this.key = key;
        this.policy = policy;
        this.region = region;
    }

    /** Whether there is an S3. */
    public boolean areThere() {
        return endpoint != null;
    }

    /** Whether the service reads for the roles, instead of their jobs. */
    public boolean areReadByTheService() {
        return endpoint != null && key != null;
    }

    /** Null where there is no S3. */
    public @Nullable URI endpoint() {
        return endpoint == null ? null : endpoint.get();
    }

    /**
     * A client to read the one object with, which the caller closes.
     *
     * @throws io.riacho.protocol.AwsException AccessDeniedException where the role may not read it, as far as that is known
     */
    public S3AsyncClient clientFor(RoleSessions.Session session, String bucket, String objectKey) {
        AwsCredentials credentials = key;
        if (credentials == null) {
            credentials = session.credentials();
        } else {
            policy.require(session, bucket, objectKey);
        }
        Supplier<URI> place = endpoint;
        if (place == null) {
            throw new IllegalStateException("There is no S3");
        }
        return S3AsyncClient.builder()
                .endpointOverride(place.get())
                .region(Region.of(region))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().eventLoopGroup(ConnectionThreads.ofThisProcess()))
                .overrideConfiguration(override -> override.apiCallTimeout(PATIENCE))
                .build();
    }
}
