package io.riacho.benchmarks.firehose;

import io.riacho.benchmarks.load.Endpoint;
import io.riacho.benchmarks.load.SdkClients;
import java.util.stream.Stream;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The SDK's clients of one server and its S3, for all that is not to be measured at the highest rate. Thread-safe. */
public final class AwsClients implements AutoCloseable {

    private final FirehoseClient firehose;
    private final KinesisClient kinesis;
    private final GlueClient glue;
    private final IamClient iam;
    private final S3Client s3;

    public AwsClients(Endpoint server, Endpoint bucketStore) {
        firehose = SdkClients.to(server, FirehoseClient.builder()).build();
        kinesis = SdkClients.to(server, KinesisClient.builder()).build();
        glue = SdkClients.to(server, GlueClient.builder()).build();
        iam = SdkClients.to(server, IamClient.builder()).build();
        s3 = SdkClients.to(bucketStore, S3Client.builder().forcePathStyle(true)).build();
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

    @Override
    public void close() {
        Stream.<SdkAutoCloseable>of(firehose, kinesis, glue, iam, s3).forEach(SdkAutoCloseable::close);
    }
}
