package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.ConcurrentModificationException;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.InvalidSourceException;
import software.amazon.awssdk.services.firehose.model.KeyType;
import software.amazon.awssdk.services.firehose.model.ListDeliveryStreamsResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.PutRecordResponse;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceInUseException;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.firehose.model.Tag;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * What every client of Firehose can do. A subclass says which client; the contract is written in the Java SDK's model, whatever the
 * language of the client behind it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FirehoseClientContract {

    @RegisterExtension
    static final TestServer SERVER = TestServer.asDelivered();

    private FirehoseClient client;
    private TestDeliveryStreams deliveryStreams;
    private TestBucket bucket;

    abstract FirehoseClient connect(Target target);

    /** Skips the tests with a message where this client is not on the machine. */
    abstract void assumeThatItIsInstalled();

    @BeforeAll
    void connect() {
        assumeThatItIsInstalled();
        bucket = TestBucket.created(SERVER.s3Target());
        client = connect(SERVER.target());
    }

    @AfterAll
    void disconnect() {
        if (client != null) {
            client.close();
            bucket.close();
        }
    }

    @BeforeEach
    void beginWithoutDeliveryStreams() {
        deliveryStreams = new TestDeliveryStreams(SERVER.target());
    }

    @AfterEach
    void deleteDeliveryStreams() {
        deliveryStreams.close();
    }

    @Test
    void aDeliveryStreamIsCreatedDescribedListedAndDeleted() {
        String name = deliveryStreams.unusedName();
        Instant before = Instant.now().minusSeconds(60);
        String arn = client.createDeliveryStream(request -> request.deliveryStreamName(name)
                        .deliveryStreamType(DeliveryStreamType.DIRECT_PUT)
                        .extendedS3DestinationConfiguration(toBucket(name + "/")))
                .deliveryStreamARN();
        assertThat(arn)
                .isEqualTo("arn:aws:firehose:" + Target.REGION + ":" + Target.ACCOUNT + ":deliverystream/" + name);
        deliveryStreams.awaitActive(name);

        DeliveryStreamDescription stream = describe(name);
        assertThat(stream.deliveryStreamARN()).isEqualTo(arn);
        assertThat(stream.deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.ACTIVE);
        assertThat(stream.deliveryStreamType()).isEqualTo(DeliveryStreamType.DIRECT_PUT);
        assertThat(stream.versionId()).isEqualTo("1");
        assertThat(stream.createTimestamp()).isBetween(before, Instant.now().plusSeconds(60));
        assertThat(stream.hasMoreDestinations()).isFalse();
        var destination = stream.destinations().getFirst();
        assertThat(destination.extendedS3DestinationDescription().prefix()).isEqualTo(name + "/");
        assertThat(destination
                        .extendedS3DestinationDescription()
                        .bufferingHints()
                        .sizeInMBs())
                .isEqualTo(1);
        assertThat(destination
                        .extendedS3DestinationDescription()
                        .bufferingHints()
                        .intervalInSeconds())
                .isZero();
        assertThat(destination.s3DestinationDescription().bucketARN()).isEqualTo(bucket.arn());
        assertThat(namesAfter(justBefore(name), 1).deliveryStreamNames()).containsExactly(name);

        client.deleteDeliveryStream(request -> request.deliveryStreamName(name));
        Pause.until(
                name + " is deleted",
                () -> !namesAfter(justBefore(name), 1).deliveryStreamNames().contains(name));
        assertThatThrownBy(() -> describe(name))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Firehose " + name + " under account " + Target.ACCOUNT + " not found.");
    }

    @Test
    void namesAreListedInPages() {
        String first = toBucketAtOnce();
        String second = toBucketAtOnce();
        List<String> sorted = Stream.of(first, second).sorted().toList();
        ListDeliveryStreamsResponse page = namesAfter(justBefore(sorted.getFirst()), 1);
        assertThat(page.deliveryStreamNames()).containsExactly(sorted.getFirst());
        assertThat(page.hasMoreDeliveryStreams()).isTrue();
        assertThat(namesAfter(sorted.getFirst(), 100).deliveryStreamNames()).contains(sorted.getLast());
    }

    @Test
    void whatIsPutIsDelivered() {
        String name = toBucketAtOnce();
        PutRecordResponse one =
                client.putRecord(request -> request.deliveryStreamName(name).record(record("one\n")));
        assertThat(one.recordId()).isNotEmpty();
        assertThat(one.encrypted()).isFalse();
        PutRecordBatchResponse more = client.putRecordBatch(request ->
                request.deliveryStreamName(name).records(record("two\n"), record("três\n"), record("four\n")));
        assertThat(more.failedPutCount()).isZero();
        assertThat(more.requestResponses()).hasSize(3).allSatisfy(result -> {
            assertThat(result.errorCode()).isNull();
            assertThat(result.recordId()).isNotEmpty();
        });
        assertThat(Stream.concat(
                        Stream.of(one.recordId()),
                        more.requestResponses().stream().map(PutRecordBatchResponseEntry::recordId)))
                .doesNotHaveDuplicates();
        assertThat(bucket.awaitLines(name + "/", 4)).containsExactlyInAnyOrder("one", "two", "três", "four");
    }

    @Test
    void aDestinationIsUpdatedByWhoKnowsItsVersion() {
        String name = toBucketAtOnce();
        String destination = describe(name).destinations().getFirst().destinationId();
        client.updateDestination(request -> request.deliveryStreamName(name)
                .destinationId(destination)
                .currentDeliveryStreamVersionId("1")
                .extendedS3DestinationUpdate(update -> update.prefix(name + "/later/")));
        assertThat(describe(name).versionId()).isEqualTo("2");
        assertThatThrownBy(() -> client.updateDestination(request -> request.deliveryStreamName(name)
                        .destinationId(destination)
                        .currentDeliveryStreamVersionId("1")
                        .extendedS3DestinationUpdate(update -> update.prefix(name + "/never/"))))
                .isInstanceOf(ConcurrentModificationException.class);
        var now = describe(name).destinations().getFirst().extendedS3DestinationDescription();
        assertThat(now.prefix()).isEqualTo(name + "/later/");
        assertThat(now.bufferingHints().sizeInMBs()).isEqualTo(1);
        client.putRecord(request -> request.deliveryStreamName(name).record(record("updated\n")));
        assertThat(bucket.awaitLines(name + "/later/", 1)).containsExactly("updated");
    }

    @Test
    void aDeliveryStreamIsTaggedAndUntagged() {
        String name = toBucketAtOnce();
        client.tagDeliveryStream(
                request -> request.deliveryStreamName(name).tags(tag("team", "brook"), tag("stage", "test")));
        assertThat(tags(name)).isEqualTo(Map.of("team", "brook", "stage", "test"));
        client.untagDeliveryStream(request -> request.deliveryStreamName(name).tagKeys("stage"));
        assertThat(tags(name)).isEqualTo(Map.of("team", "brook"));
    }

    @Test
    void whatIsBufferedIsEncryptedWithAKeyOfTheCustomers() {
        String name = toBucketAtOnce();
        String key;
        try (KmsClient kms = JavaClients.kms(SERVER.target())) {
            key = kms.createKey().keyMetadata().arn();
        }
        client.startDeliveryStreamEncryption(request -> request.deliveryStreamName(name)
                .deliveryStreamEncryptionConfigurationInput(encryption ->
                        encryption.keyType(KeyType.CUSTOMER_MANAGED_CMK).keyARN(key)));
        awaitEncryption(name, DeliveryStreamEncryptionStatus.ENABLED);
        assertThat(describe(name).deliveryStreamEncryptionConfiguration().keyARN())
                .isEqualTo(key);
        assertThat(client.putRecord(request -> request.deliveryStreamName(name).record(record("secret\n")))
                        .encrypted())
                .isTrue();
        client.stopDeliveryStreamEncryption(request -> request.deliveryStreamName(name));
        awaitEncryption(name, DeliveryStreamEncryptionStatus.DISABLED);
        assertThat(client.putRecord(request -> request.deliveryStreamName(name).record(record("open\n")))
                        .encrypted())
                .isFalse();
        assertThat(bucket.awaitLines(name + "/", 2)).containsExactlyInAnyOrder("secret", "open");
    }

    @Test
    void whatIsTooLargeIsRefused() {
        String name = toBucketAtOnce();
        assertRefused(
                FirehoseException.class,
                () -> client.putRecord(request ->
                        request.deliveryStreamName(name).record(record("x".repeat(1_000 * 1024 + 1)))));
        assertRefused(
                InvalidArgumentException.class,
                () -> client.putRecordBatch(request -> request.deliveryStreamName(name)
                        .records(Collections.nCopies(5, record("x".repeat(900 * 1024))))));
        assertRefused(
                FirehoseException.class,
                () -> client.putRecordBatch(
                        request -> request.deliveryStreamName(name).records(Collections.nCopies(501, record("x")))));
        client.putRecord(request ->
                request.deliveryStreamName(name).record(record("x".repeat(1_000 * 1024 - 1) + "\n")));
        assertThat(bucket.awaitLines(name + "/", 1)).containsExactly("x".repeat(1_000 * 1024 - 1));
    }

    @Test
    void anUnknownDeliveryStreamIsNotFound() {
        assertRefused(
                ResourceNotFoundException.class,
                () -> client.putRecord(
                        request -> request.deliveryStreamName("nobody").record(record("x"))));
        assertRefused(
                ResourceNotFoundException.class,
                () -> client.deleteDeliveryStream(request -> request.deliveryStreamName("nobody")));
    }

    @Test
    void aNameIsTakenOnce() {
        String name = toBucketAtOnce();
        assertRefused(
                ResourceInUseException.class,
                () -> client.createDeliveryStream(request ->
                        request.deliveryStreamName(name).extendedS3DestinationConfiguration(toBucket("again/"))));
    }

    @Test
    void nobodyPutsToADeliveryStreamThatReadsAStream() {
        try (TestStreams streams = new TestStreams(SERVER.target())) {
            String name = deliveryStreams.toBucket(
                    streams.arn(streams.create(1)), bucket, configuration -> configuration.prefix("sourced/"));
            assertRefused(
                    InvalidSourceException.class,
                    () -> client.putRecord(
                            request -> request.deliveryStreamName(name).record(record("x"))));
        }
    }

    private static void assertRefused(Class<? extends FirehoseException> exception, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(exception, refusal -> {
            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.awsErrorDetails().errorMessage()).isNotBlank();
        });
    }

    private String toBucketAtOnce() {
        String name = deliveryStreams.unusedName();
        client.createDeliveryStream(
                request -> request.deliveryStreamName(name).extendedS3DestinationConfiguration(toBucket(name + "/")));
        deliveryStreams.awaitActive(name);
        return name;
    }

    private ExtendedS3DestinationConfiguration toBucket(String prefix) {
        return TestDeliveryStreams.configuration(bucket, configuration -> configuration.prefix(prefix));
    }

    private DeliveryStreamDescription describe(String name) {
        return client.describeDeliveryStream(request -> request.deliveryStreamName(name))
                .deliveryStreamDescription();
    }

    private void awaitEncryption(String name, DeliveryStreamEncryptionStatus status) {
        Pause.until(
                "encryption is " + status,
                () -> describe(name).deliveryStreamEncryptionConfiguration().status() == status);
    }

    private Map<String, String> tags(String name) {
        Map<String, String> tags = new TreeMap<>();
        client.listTagsForDeliveryStream(request -> request.deliveryStreamName(name))
                .tags()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    private ListDeliveryStreamsResponse namesAfter(String start, int limit) {
        return client.listDeliveryStreams(
                request -> request.exclusiveStartDeliveryStreamName(start).limit(limit));
    }

    /** Sorts before the name, and behind all that others begin with. */
    private static String justBefore(String name) {
        return name.substring(0, name.length() - 1);
    }

    private static Record record(String text) {
        return Record.builder().data(SdkBytes.fromUtf8String(text)).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
