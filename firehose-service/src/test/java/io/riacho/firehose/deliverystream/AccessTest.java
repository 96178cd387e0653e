package io.riacho.firehose.deliverystream;

import static io.riacho.firehose.deliverystream.FirehoseServer.BUCKET;
import static io.riacho.firehose.deliverystream.FirehoseServer.KEY;
import static io.riacho.firehose.deliverystream.FirehoseServer.ROLE;
import static io.riacho.firehose.deliverystream.FirehoseServer.arn;
import static io.riacho.firehose.deliverystream.FirehoseServer.bucket;
import static io.riacho.firehose.deliverystream.FirehoseServer.newName;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.KeyType;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;

/** Who may do what with which delivery stream, role and key. */
class AccessTest {

    private static final String PASS = allow("iam:PassRole", ROLE, "{}");

    private final FirehoseServer server = FirehoseServer.shared();
    private final FirehoseClient root = server.client();
    private final String name = server.activeStream();

    @Test
    void anActionOnADeliveryStreamIsAllowedThereAlone() {
        String other = server.activeStream();
        FirehoseClient user = user(allow("firehose:DescribeDeliveryStream", arn(name), "{}"));

        assertAllowed(() -> user.describeDeliveryStream(request -> request.deliveryStreamName(name)));
        assertDenied(
                "firehose:DescribeDeliveryStream on resource: " + arn(other),
                () -> user.describeDeliveryStream(request -> request.deliveryStreamName(other)));
        assertDenied(
                "firehose:DeleteDeliveryStream on resource: " + arn(name),
                () -> user.deleteDeliveryStream(request -> request.deliveryStreamName(name)));
        assertDenied(
                "firehose:StopDeliveryStreamEncryption on resource: " + arn(name),
                () -> user.stopDeliveryStreamEncryption(request -> request.deliveryStreamName(name)));
        assertDenied("firehose:ListDeliveryStreams", user::listDeliveryStreams);
    }

    @Test
    void whoMayNotAskIsNotToldWhetherADeliveryStreamIsThere() {
        FirehoseClient user = user(allow("firehose:*", arn(name), "{}"));

        assertDenied(
                "firehose:DescribeDeliveryStream",
                () -> user.describeDeliveryStream(request -> request.deliveryStreamName("not-there")));
    }

    @Test
    void toListIsAboutNoneInParticular() {
        assertAllowed(user(allow("firehose:ListDeliveryStreams", "*", "{}"))::listDeliveryStreams);
        assertDenied(
                "firehose:ListDeliveryStreams",
                user(allow("firehose:ListDeliveryStreams", arn("*"), "{}"))::listDeliveryStreams);
    }

    @Test
    void whoNamesARoleHasToBeAllowedToPassItToFirehose() {
        String create = allow("firehose:CreateDeliveryStream", "*", "{}");
        String toFirehose = "{\"StringEquals\":{\"iam:PassedToService\":\"firehose.amazonaws.com\"}}";
        String toLambda = "{\"StringEquals\":{\"iam:PassedToService\":\"lambda.amazonaws.com\"}}";

        assertDenied("iam:PassRole on resource: " + ROLE, () -> user(create).createDeliveryStream(plain()));
        assertDenied(
                "iam:PassRole on resource: " + ROLE,
                () -> user(create + "," + allow("iam:PassRole", ROLE, toLambda)).createDeliveryStream(plain()));
        assertAllowed(() ->
                user(create + "," + allow("iam:PassRole", ROLE, toFirehose)).createDeliveryStream(plain()));
    }

    @Test
    void everyRoleThatARequestNamesIsPassed() {
        String second = ROLE.replace("deliverer", "second");
        FirehoseClient user = user(allow("firehose:*", "*", "{}") + "," + PASS);

        assertDenied(
                "iam:PassRole on resource: " + second,
                () -> user.createDeliveryStream(request -> request.deliveryStreamName(newName())
                        .extendedS3DestinationConfiguration(bucket().toBuilder()
                                .s3BackupConfiguration(
                                        backup -> backup.roleARN(second).bucketARN(BUCKET))
                                .build())));
        assertDenied(
                "iam:PassRole on resource: " + second,
                () -> user.createDeliveryStream(request -> request.deliveryStreamName(newName())
                        .extendedS3DestinationConfiguration(bucket().toBuilder()
                                .processingConfiguration(processing -> processing.processors(processor -> processor
                                        .type("Lambda")
                                        .parameters(parameter -> parameter
                                                .parameterName(ProcessorParameterName.ROLE_ARN)
                                                .parameterValue(second))))
                                .build())));
        assertDenied(
                "iam:PassRole on resource: " + second,
                () -> user.updateDestination(request -> request.deliveryStreamName(name)
                        .currentDeliveryStreamVersionId("1")
                        .destinationId("destinationId-000000000001")
                        .s3DestinationUpdate(s3 -> s3.roleARN(second))));
    }

    @Test
    void aRoleOfAnotherAccountIsPassedByNobody() {
        assertThatThrownBy(() -> root.createDeliveryStream(request -> request.deliveryStreamName(newName())
                        .extendedS3DestinationConfiguration(bucket().toBuilder()
                                .roleARN(ROLE.replace(FirehoseServer.ACCOUNT, "999999999999"))
                                .build())))
                .hasMessageContaining("Cross-account pass role is not allowed.");
    }

    @Test
    void aDeliveryStreamWithTagsIsMadeByWhoMayTagIt() {
        String create = allow("firehose:CreateDeliveryStream", "*", "{}") + "," + PASS;
        String blue = "{\"StringEquals\":{\"aws:RequestTag/team\":\"blue\"},"
                + "\"ForAllValues:StringEquals\":{\"aws:TagKeys\":[\"team\"]}}";
        FirehoseClient tagger = user(create + "," + allow("firehose:TagDeliveryStream", "*", blue));

        assertDenied("firehose:TagDeliveryStream", () -> user(create).createDeliveryStream(tagged("blue")));
        assertDenied("firehose:TagDeliveryStream", () -> tagger.createDeliveryStream(tagged("red")));
        assertAllowed(() -> tagger.createDeliveryStream(tagged("blue")));
    }

    @Test
    void tagsOfTheDeliveryStreamDecide() {
        FirehoseClient user = user(allow(
                "firehose:DescribeDeliveryStream", "*", "{\"StringEquals\":{\"aws:ResourceTag/team\":\"blue\"}}"));
        ThrowingCallable describe = () -> user.describeDeliveryStream(request -> request.deliveryStreamName(name));
        assertDenied("firehose:DescribeDeliveryStream", describe);

        root.tagDeliveryStream(request ->
                request.deliveryStreamName(name).tags(tag -> tag.key("team").value("blue")));
        assertAllowed(describe);

        root.untagDeliveryStream(request -> request.deliveryStreamName(name).tagKeys("team"));
        assertDenied("firehose:DescribeDeliveryStream", describe);
    }

    @Test
    void whoEncryptsWithAKeyHasToBeAllowedToLetFirehoseUseIt() {
        String start = allow("firehose:StartDeliveryStreamEncryption", arn(name), "{}");
        String viaFirehose = "{\"StringEquals\":{\"kms:ViaService\":\"firehose.eu-central-1.amazonaws.com\"},"
                + "\"Bool\":{\"kms:GrantIsForAWSResource\":\"true\"}}";

        assertDenied("kms:CreateGrant on resource: " + KEY, () -> encrypt(user(start)));
        assertAllowed(() -> encrypt(user(start + "," + allow("kms:CreateGrant", KEY, viaFirehose))));
    }

    private void encrypt(FirehoseClient client) {
        client.startDeliveryStreamEncryption(request -> request.deliveryStreamName(name)
                .deliveryStreamEncryptionConfigurationInput(
                        input -> input.keyType(KeyType.CUSTOMER_MANAGED_CMK).keyARN(KEY)));
    }

    private static CreateDeliveryStreamRequest plain() {
        return CreateDeliveryStreamRequest.builder()
                .deliveryStreamName(newName())
                .extendedS3DestinationConfiguration(bucket())
                .build();
    }

    private static CreateDeliveryStreamRequest tagged(String team) {
        return plain().toBuilder().tags(tag -> tag.key("team").value(team)).build();
    }

    private FirehoseClient user(String statements) {
        return server.client(server.users().with(statements));
    }

    private static String allow(String action, String resource, String condition) {
        return "{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\",\"Condition\":%s}"
                .formatted(action, resource, condition);
    }

    private static void assertAllowed(ThrowingCallable call) {
        assertThatCode(call).doesNotThrowAnyException();
    }

    private static void assertDenied(String what, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining("is not authorized to perform: ")
                .hasMessageContaining(what);
    }
}
