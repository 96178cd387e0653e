package io.riacho.flink.access;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.firehose.FirehoseAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Clients of the services. Each belongs to who asked for it and is closed with {@link ClientLease}. They retry nothing:
 * who uses them does, for as long as it takes.
 */
public final class AwsClients {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** Streams over one HTTP/2 connection are many; a reader has one for each of its shards. */
    private static final int STREAMS = 10_000;

    private static final int CONNECTIONS = 32;
    private static final int MOST_REFUSALS = 5;

    private AwsClients() {}

    /** A client and what it uses. */
    public record ClientLease<T extends AutoCloseable>(T client, SdkAsyncHttpClient http) implements AutoCloseable {

        @Override
        public void close() {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException("A client of the AWS SDK cannot be closed", e);
            } finally {
                http.close();
            }
        }
    }

    public static ClientLease<KinesisAsyncClient> kinesis(ServiceAccess access) {
        SdkAsyncHttpClient http = http(access, Protocol.HTTP2, STREAMS);
        return new ClientLease<>(
                configured(KinesisAsyncClient.builder(), access)
                        .httpClient(http)
                        .build(),
                http);
    }

    public static ClientLease<FirehoseAsyncClient> firehose(ServiceAccess access) {
        SdkAsyncHttpClient http = http(access, Protocol.HTTP1_1, CONNECTIONS);
        return new ClientLease<>(
                configured(FirehoseAsyncClient.builder(), access)
                        .httpClient(http)
                        .build(),
                http);
    }

    /** With buckets in paths where the endpoint is not AWS's own. */
    public static ClientLease<S3AsyncClient> s3(ServiceAccess access) {
        SdkAsyncHttpClient http = http(access, Protocol.HTTP1_1, CONNECTIONS);
        return new ClientLease<>(
                configured(S3AsyncClient.builder(), access)
                        .forcePathStyle(access.endpoint() != null)
                        .httpClient(http)
                        .build(),
                http);
    }

    /**
     * Whether the same request may succeed later: the service was away or busy, or did not know the credentials, which are
     * renewed then.
     *
     * @param failures how many there were one after the other, with this one
     */
    public static boolean isTransient(Throwable cause, int failures) {
        if (cause instanceof AwsServiceException answer) {
            String code = code(cause);
            return answer.statusCode() >= 500
                    || answer.statusCode() == 429
                    || answer.isThrottlingException()
                    || code.equals("LimitExceededException")
                    || code.equals("ProvisionedThroughputExceededException")
                    || code.equals("KMSThrottlingException")
                    || code.equals("RequestTimeTooSkewed")
                    || (Refusals.CODES.contains(code) && failures <= MOST_REFUSALS);
        }
        return !CredentialsRefusedException.isIn(cause)
                && (cause instanceof SdkClientException
                        || cause instanceof java.io.IOException
                        || cause instanceof TimeoutException);
    }

    /**
     * How long to wait before a request is made again: twice as long each time, at most ten seconds, and never quite as long
     * as others wait.
     *
     * @param failures how many there were one after the other, 1 or more
     */
    public static Duration pause(int failures) {
        long most = Math.min(
                LONGEST_PAUSE.toMillis(), SHORTEST_PAUSE.toMillis() << Math.min(Math.max(failures - 1, 0), 20));
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }

    private static SdkAsyncHttpClient http(ServiceAccess access, Protocol protocol, int concurrency) {
        return NettyNioAsyncHttpClient.builder()
                .protocol(protocol)
                .maxConcurrency(concurrency)
                .connectionAcquisitionTimeout(PATIENCE)
                .readTimeout(PATIENCE)
                .tlsTrustManagersProvider(() -> Trust.managers(access.trustedCa()))
                .build();
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(B builder, ServiceAccess access) {
        AwsCredentialsProvider credentials = access.credentials().open(access.trustedCa());
        ClientOverrideConfiguration.Builder override =
                ClientOverrideConfiguration.builder().retryStrategy(DefaultRetryStrategy.doNotRetry());
        if (credentials instanceof EndpointCredentials asked) {
            override.addExecutionInterceptor(new Refusals(asked));
        }
        if (access.endpoint() != null) {
            builder.endpointOverride(access.endpoint());
        }
        return builder.region(Region.of(access.region()))
                .credentialsProvider(credentials)
                .overrideConfiguration(override.build());
    }

    /** What went wrong, without what the SDK wraps it in. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof java.util.concurrent.CompletionException
                        || cause instanceof java.util.concurrent.ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The error's code; empty where it is none of a service. */
    public static String code(@Nullable Throwable cause) {
        return cause instanceof AwsServiceException answer
                        && answer.awsErrorDetails() != null
                        && answer.awsErrorDetails().errorCode() != null
                ? answer.awsErrorDetails().errorCode()
                : "";
    }
}
