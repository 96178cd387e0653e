package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.compatibility.NumberedWriter.Numbered;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.FailureDescription;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.iam.model.AccessKey;

/**
 * firehose-service, streams-service and auth-service as three processes. It asks auth-service who its callers are and for the roles
 * that it reads streams as, and reads them from streams-service by HTTPS, which asks it for a certificate.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirehoseAloneTest {

    private static final String BUCKET = "arn:aws:s3:::errors-of-firehose-alone";

    private @Nullable SeparateServices services;
    private @Nullable TestWarehouse warehouse;
    private Target firehose;
    private TestStreams streams;
    private TestDeliveryStreams deliveryStreams;

    @BeforeAll
    void startAll() throws Exception {
        TestServer.assumeThatServersCanBeStarted();
        warehouse = TestWarehouse.started();
        SeparateServices started = SeparateServices.started("alone");
        services = started;
        ServerProcess kinesis = started.start("streams-service", "kinesis", "--riacho.streams.limits.enabled=false");
        firehose = started.start(
                        "firehose-service",
                        "firehose",
                        "--riacho.firehose.kinesis=" + kinesis.secureTarget().url(),
                        "--riacho.firehose.kinesis-ca=" + kinesis.secureTarget().ca(),
                        "--riacho.firehose.kinesis-certificate=" + started.certificate("firehose-service"),
                        "--riacho.firehose.kinesis-private-key=" + started.privateKey("firehose-service"),
                        // Nothing fails that would be stored there.
                        "--riacho.firehose.s3.endpoint=http://127.0.0.1:1")
                .target();
        streams = new TestStreams(kinesis.target());
        deliveryStreams = new TestDeliveryStreams(firehose, started.iam());
    }

    @AfterAll
    void stopAll() throws IOException {
        if (services != null) {
            services.close();
        }
        if (warehouse != null) {
            warehouse.close();
        }
    }

    @Test
    void aStreamIsReadAsTheRoleThatAuthServiceGives() {
        String stream = streams.create(2);
        deliveryStreams.create(fromStream(stream, TestDeliveryStreams.ROLE));

        put(stream, records("stream"));

        awaitDelivered(records("stream"));
    }

    @Test
    void whatIsPutIsDelivered() {
        String name = deliveryStreams.create(request -> request.deliveryStreamType(DeliveryStreamType.DIRECT_PUT)
                .redshiftDestinationConfiguration(table().destination(BUCKET)));

        try (FirehoseClient client = JavaClients.firehose(firehose)) {
            records("put").forEach(record -> put(client, name, record.line()));
        }

        awaitDelivered(records("put"));
    }

    @Test
    void aRoleThatDoesNotTrustFirehoseHoldsTheDeliveryUpUntilItDoes() {
        String stream = streams.create(1);
        String role = "distrustful-" + UUID.randomUUID();
        String arn = services()
                .iam()
                .createRole(request ->
                        request.roleName(role).assumeRolePolicyDocument(Policies.trustService("ecs.amazonaws.com")))
                .role()
                .arn();
        services()
                .iam()
                .putRolePolicy(request ->
                        request.roleName(role).policyName("reads").policyDocument(Policies.allow("kinesis:*", "*")));
        String name = deliveryStreams.create(fromStream(stream, arn));
        put(stream, records("held up"));
        Pause.until("the delivery stream says why it stands still", () -> failureOf(name) != null);
        assertThat(requireNonNull(failureOf(name)).details()).contains(arn);

        services()
                .iam()
                .updateAssumeRolePolicy(request ->
                        request.roleName(role).policyDocument(Policies.trustService("firehose.amazonaws.com")));

        awaitDelivered(records("held up"));
        Pause.until("nothing stands still", () -> failureOf(name) == null);
    }

    @Test
    void aUserMayDoWhatItsPoliciesSay() {
        String name = deliveryStreams.create(request -> request.deliveryStreamType(DeliveryStreamType.DIRECT_PUT)
                .redshiftDestinationConfiguration(table().destination(BUCKET)));
        AccessKey writer = services().userWith(Policies.allow("firehose:PutRecord", "*"));
        AccessKey nobody = services().userWith(Policies.allow("firehose:ListDeliveryStreams", "*"));

        try (FirehoseClient client = clientOf(writer)) {
            put(client, name, records("by a user").getFirst().line());
        }
        awaitDelivered(records("by a user").subList(0, 1));
        try (FirehoseClient client = clientOf(nobody)) {
            assertThatExceptionOfType(FirehoseException.class)
                    .isThrownBy(() -> put(client, name, "{}"))
                    .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
        }
    }

    private Consumer<CreateDeliveryStreamRequest.Builder> fromStream(String stream, String role) {
        String arn = streams.arn(stream);
        return request -> request.deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        source -> source.kinesisStreamARN(arn).roleARN(role))
                .redshiftDestinationConfiguration(table().destination(BUCKET));
    }

    private @Nullable FailureDescription failureOf(String deliveryStream) {
        return deliveryStreams.describe(deliveryStream).failureDescription();
    }

    private void put(String stream, List<Numbered> records) {
        records.forEach(record -> streams.put(stream, record.line()));
    }

    private static void put(FirehoseClient client, String deliveryStream, String text) {
        client.putRecord(request -> request.deliveryStreamName(deliveryStream)
                .record(record -> record.data(SdkBytes.fromUtf8String(text))));
    }

    private static List<Numbered> records(String key) {
        return IntStream.range(0, 20).mapToObj(i -> new Numbered(key, i)).toList();
    }

    private void awaitDelivered(List<Numbered> records) {
        Pause.until(
                records.getFirst().key() + " is delivered", () -> rows(records).containsAll(records));
        assertThat(rows(records)).containsExactlyInAnyOrderElementsOf(records);
    }

    private List<Numbered> rows(List<Numbered> records) {
        return table().rows().stream()
                .filter(row -> row.key().equals(records.getFirst().key()))
                .toList();
    }

    private FirehoseClient clientOf(AccessKey key) {
        return JavaClients.firehose(firehose.as(key.accessKeyId(), key.secretAccessKey(), null));
    }

    private SeparateServices services() {
        return requireNonNull(services);
    }

    private TestWarehouse table() {
        return requireNonNull(warehouse);
    }
}
