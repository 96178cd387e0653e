package io.riacho.benchmarks.load;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;

/** The SDK's clients, for all that is not to be measured at the highest rate. */
public final class SdkClients {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private SdkClients() {}

    /** The builder, told where the endpoint is and who asks. */
    public static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> B to(Endpoint endpoint, B client) {
        return client.endpointOverride(endpoint.url())
                .region(Region.of(endpoint.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(endpoint.accessKeyId(), endpoint.secretAccessKey())))
                // Riacho closes what is idle for longer.
                .httpClientBuilder(ApacheHttpClient.builder().connectionMaxIdleTime(IDLE));
    }
}
