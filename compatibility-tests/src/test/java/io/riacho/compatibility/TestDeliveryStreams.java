package io.riacho.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;

/** The delivery streams of one test: made with names of their own, and deleted at its end. Set-up and clean-up, not what is tested. */
final class TestDeliveryStreams implements AutoCloseable {

    private static final String ROLE_NAME = "deliverer";

    /** May read every stream. */
    static final String ROLE = "arn:aws:iam::" + Target.ACCOUNT + ":role/" + ROLE_NAME;

    private static final String TRUSTS_FIREHOSE = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Principal": {"Service": "firehose.amazonaws.com"}, "Action": "sts:AssumeRole"}]}""";
    private static final String READS_STREAMS = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Action": ["kinesis:*", "kms:Decrypt", "lambda:*", "glue:Get*", "s3:*"], "Resource": "*"}]}""";

    private final FirehoseClient client;
    private final List<String> names = new ArrayList<>();

    TestDeliveryStreams(Target target) {
        this.client = JavaClients.firehose(target);
        try (IamClient iam = JavaClients.iam(target)) {
            makeRole(iam);
        }
    }

    /** @param iam of the server that knows the roles, where it is another one */
    TestDeliveryStreams(Target target, IamClient iam) {
        this.client = JavaClients.firehose(target);
        makeRole(iam);
    }

    /** The name of a delivery stream to come, which is deleted at the end too. */
    String unusedName() {
        String name = "compatibility-" + UUID.randomUUID().toString().substring(0, 13);
        names.add(name);
        return name;
    }

    /** An active one. */
    String create(Consumer<CreateDeliveryStreamRequest.Builder> settings) {
        String name = unusedName();
        client.createDeliveryStream(request -> request.deliveryStreamName(name).applyMutation(settings));
        awaitActive(name);
        return name;
    }

    /** An active one from what is put to it to a bucket. */
    String toBucket(TestBucket bucket, Consumer<ExtendedS3DestinationConfiguration.Builder> settings) {
        return create(request -> request.deliveryStreamType(DeliveryStreamType.DIRECT_PUT)
                .extendedS3DestinationConfiguration(configuration(bucket, settings)));
    }

    /** An active one from a Kinesis stream to a bucket. */
    String toBucket(
            String streamArn, TestBucket bucket, Consumer<ExtendedS3DestinationConfiguration.Builder> settings) {
        return create(request ->
                fromStream(request, streamArn).extendedS3DestinationConfiguration(configuration(bucket, settings)));
    }

    static CreateDeliveryStreamRequest.Builder fromStream(
            CreateDeliveryStreamRequest.Builder request, String streamArn) {
        return request.deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        source -> source.kinesisStreamARN(streamArn).roleARN(ROLE));
    }

    /** With buffers of a mebibyte and no second, unless the settings say otherwise. */
    static ExtendedS3DestinationConfiguration configuration(
            TestBucket bucket, Consumer<ExtendedS3DestinationConfiguration.Builder> settings) {
        return ExtendedS3DestinationConfiguration.builder()
                .roleARN(ROLE)
                .bucketARN(bucket.arn())
                .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(0))
                .applyMutation(settings)
                .build();
    }

    void awaitActive(String name) {
        Pause.until(name + " is active", () -> {
            DeliveryStreamStatus status = describe(name).deliveryStreamStatus();
            if (status == DeliveryStreamStatus.CREATING_FAILED) {
                throw new AssertionError(describe(name).failureDescription());
            }
            return status == DeliveryStreamStatus.ACTIVE;
        });
    }

    DeliveryStreamDescription describe(String name) {
        return client.describeDeliveryStream(request -> request.deliveryStreamName(name))
                .deliveryStreamDescription();
    }

    private static void makeRole(IamClient iam) {
        try {
            iam.createRole(request -> request.roleName(ROLE_NAME).assumeRolePolicyDocument(TRUSTS_FIREHOSE));
        } catch (EntityAlreadyExistsException e) {
            // Another test has made it.
        }
        iam.putRolePolicy(
                request -> request.roleName(ROLE_NAME).policyName("reads").policyDocument(READS_STREAMS));
    }

    @Override
    public void close() {
        for (String name : names) {
            try {
                client.deleteDeliveryStream(request -> request.deliveryStreamName(name));
            } catch (ResourceNotFoundException e) {
                // The test has deleted it.
            }
        }
        client.close();
    }
}
