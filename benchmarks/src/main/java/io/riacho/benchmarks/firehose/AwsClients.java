package io.riacho.benchmarks.firehose;

import io.riacho.benchmarks.load.Endpoint;
import java.time.Duration;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The SDK's clients of one server and its S3, for all that is not to be measured at the highest rate. Thread-safe. */
public final class AwsClients implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final FirehoseClient firehose;
    private final KinesisClient kinesis;
    private final GlueClient glue;
    private final IamClient iam;
    private final S3Client s3;

    public AwsClients(Endpoint server, Endpoint bucketStore) {
        firehose = to(server, FirehoseClient.builder()).build();
        kinesis = to(server, KinesisClient.builder()).build();
        glue = to(server, GlueClient.builder()).build();
        iam = to(server, IamClient.builder()).build();
        s3 = to(bucketStore, S3Client.builder().forcePathStyle(true)).build();
    }

    FirehoseClient firehose() {
        return firehose;
    }

    KinesisClient kinesis() {
        return kinesis;
    }

    GlueClient glue() {
        return glue;
    }

    IamClient iam() {
        return iam;
    }

    S3Client s3() {
        return s3;
    }

    private static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> B to(
            Endpoint endpoint, B client) {
        return client.endpointOverride(endpoint.url())
                .region(Region.of(endpoint.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(endpoint.accessKeyId(), endpoint.secretAccessKey())))
                // Riacho closes what is idle for longer.
                .httpClientBuilder(ApacheHttpClient.builder().connectionMaxIdleTime(IDLE));
    }

    @Override
    public void close() {
        Stream.<SdkAutoCloseable>of(firehose, kinesis, glue, iam, s3).forEach(SdkAutoCloseable::close);
    }
}
