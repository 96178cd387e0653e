package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** A delivery stream reads its Kinesis stream as the role that it was given for it, and as nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirehoseRoleTest {

    private static final String FIREHOSE = "firehose.amazonaws.com";

    @RegisterExtension
    static final TestServer SERVER = TestServer.asDelivered();

    private IamClient iam;
    private KinesisClient kinesis;
    private TestStreams streams;
    private TestIdentities identities;
    private TestBucket bucket;
    private TestDeliveryStreams deliveryStreams;
    private String stream;
    private String streamArn;

    @BeforeAll
    void start() {
        TestServer.assumeThatServersCanBeStarted();
        iam = JavaClients.iam(SERVER.target());
        kinesis = JavaClients.urlConnection(SERVER.target());
    }

    @AfterAll
    void stop() {
        if (iam != null) {
            iam.close();
            kinesis.close();
        }
    }

    @BeforeEach
    void aStreamAndABucket() {
        streams = new TestStreams(SERVER.target());
        identities = new TestIdentities(SERVER.target());
        bucket = TestBucket.created(SERVER.s3Target());
        deliveryStreams = new TestDeliveryStreams(SERVER.target());
        stream = streams.create(1);
        streamArn = streams.arn(stream);
    }

    @AfterEach
    void clean() {
        deliveryStreams.close();
        bucket.close();
        identities.close();
        streams.close();
    }

    @Test
    void aRoleWithWhatAwsDocumentsForFirehoseIsEnough() {
        String deliveryStream = deliverAs(identities.role(Policies.trustService(FIREHOSE), asAwsDocuments()));

        put("one", "two");

        assertThat(deliveredTexts(2)).containsExactlyInAnyOrder("one", "two");
        assertThat(kinesis.listStreamConsumers(list -> list.streamARN(streamArn))
                        .consumers())
                .isEmpty();
        assertThat(failureOf(deliveryStream)).isEmpty();
    }

    @Test
    void aRoleThatMayRegisterAConsumerIsReadByIt() {
        deliverAs(identities.role(Policies.trustService(FIREHOSE), Policies.allow("kinesis:*", "*")));

        put("one");

        assertThat(deliveredTexts(1)).containsExactly("one");
        assertThat(kinesis.listStreamConsumers(list -> list.streamARN(streamArn))
                        .consumers())
                .hasSize(1);
    }

    @Test
    void aRoleThatMayRegisterAConsumerAndNotSubscribeIsEnough() {
        deliverAs(identities.role(
                Policies.trustService(FIREHOSE),
                Policies.document(
                        statement("Allow", "kinesis:*", "*"), statement("Deny", "kinesis:SubscribeToShard", "*"))));

        put("one");

        assertThat(deliveredTexts(1)).containsExactly("one");
    }

    @Test
    void aRoleThatDoesNotLetFirehoseInHoldsTheDeliveryUpUntilItDoes() {
        String role = identities.role(Policies.trustService("ecs.amazonaws.com"), asAwsDocuments());
        String deliveryStream = deliverAs(role);
        put("kept");
        Pause.until("it is told which role", () -> failureOf(deliveryStream).contains("assume the role " + role));
        assertThat(bucket.keys("")).isEmpty();

        iam.updateAssumeRolePolicy(
                trust -> trust.roleName(nameOf(role)).policyDocument(Policies.trustService(FIREHOSE)));

        assertThat(deliveredTexts(1)).containsExactly("kept");
        Pause.until("nothing is wrong", () -> failureOf(deliveryStream).isEmpty());
    }

    @Test
    void aRoleThatMayNotReadHoldsTheDeliveryUpUntilItMay() {
        String role = identities.role(Policies.trustService(FIREHOSE), Policies.allow("s3:*", "*"));
        String deliveryStream = deliverAs(role);
        put("kept");
        Pause.until(
                "it is told what is not allowed",
                () -> failureOf(deliveryStream)
                        .contains("assumed-role/" + nameOf(role) + "/" + deliveryStream
                                + " is not authorized to perform: kinesis:ListShards"));
        assertThat(bucket.keys("")).isEmpty();

        iam.putRolePolicy(put -> put.roleName(nameOf(role)).policyName("policy").policyDocument(asAwsDocuments()));

        assertThat(deliveredTexts(1)).containsExactly("kept");
        Pause.until("nothing is wrong", () -> failureOf(deliveryStream).isEmpty());
    }

    @Test
    void aRoleThatIsDeletedHoldsTheDeliveryUpUntilItIsMadeAgain() {
        String role = identities.role(Policies.trustService(FIREHOSE), asAwsDocuments());
        String deliveryStream = deliverAs(role);
        put("before");
        assertThat(deliveredTexts(1)).containsExactly("before");

        iam.deleteRolePolicy(delete -> delete.roleName(nameOf(role)).policyName("policy"));
        iam.deleteRole(delete -> delete.roleName(nameOf(role)));
        Pause.until("it is told which role", () -> failureOf(deliveryStream).contains("assume the role " + role));
        put("behind");
        iam.createRole(
                create -> create.roleName(nameOf(role)).assumeRolePolicyDocument(Policies.trustService(FIREHOSE)));
        iam.putRolePolicy(put -> put.roleName(nameOf(role)).policyName("policy").policyDocument(asAwsDocuments()));

        assertThat(deliveredTexts(2)).containsExactlyInAnyOrder("before", "behind");
        Pause.until("nothing is wrong", () -> failureOf(deliveryStream).isEmpty());
    }

    /** The name of an active delivery stream. */
    private String deliverAs(String role) {
        return deliveryStreams.create(request -> request.deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        source -> source.kinesisStreamARN(streamArn).roleARN(role))
                .extendedS3DestinationConfiguration(TestDeliveryStreams.configuration(bucket, settings -> {})));
    }

    /** The records in the bucket, each of which ends with its line. */
    private List<String> deliveredTexts(int count) {
        return bucket.awaitLines("", count);
    }

    private void put(String... texts) {
        for (String text : texts) {
            streams.put(stream, text + "\n");
        }
    }

    private String failureOf(String deliveryStream) {
        var failure = deliveryStreams.describe(deliveryStream).failureDescription();
        return failure == null || failure.details() == null ? "" : failure.details();
    }

    private String asAwsDocuments() {
        String actions =
                "kinesis:DescribeStream\",\"kinesis:GetShardIterator\",\"kinesis:GetRecords\",\"kinesis:ListShards";
        return Policies.document(
                "{\"Effect\":\"Allow\",\"Action\":[\"" + actions + "\"],\"Resource\":\"" + streamArn + "\"}");
    }

    private static String statement(String effect, String action, String resource) {
        return "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    private static String nameOf(String roleArn) {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }
}
