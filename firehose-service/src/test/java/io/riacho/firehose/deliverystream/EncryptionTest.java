package io.riacho.firehose.deliverystream;

import static io.riacho.firehose.deliverystream.FirehoseServer.DISABLED_KEY;
import static io.riacho.firehose.deliverystream.FirehoseServer.KEY;
import static io.riacho.firehose.deliverystream.FirehoseServer.ROLE;
import static io.riacho.firehose.deliverystream.FirehoseServer.bucket;
import static io.riacho.firehose.deliverystream.FirehoseServer.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionConfiguration;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamFailureType;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.InvalidKmsResourceException;
import software.amazon.awssdk.services.firehose.model.KeyType;
import software.amazon.awssdk.services.firehose.model.LimitExceededException;
import software.amazon.awssdk.services.firehose.model.ResourceInUseException;

/** Encryption of what waits in a Direct PUT delivery stream. */
class EncryptionTest {

    private static final Failure GONE = new Failure(DeliveryStreamFailureType.KMS_KEY_NOT_FOUND, "The key is gone");

    private final FirehoseServer server = FirehoseServer.shared();
    private final FirehoseClient client = server.client();
    private final TestListener listener = server.listener();

    @Test
    void itIsEnabledAndDisabledWhileNothingElseIsDoneToIt() {
        String name = server.activeStream();
        listener.hold("enable", name);
        start(name, KEY);
        listener.awaitBegun("enable", name);

        assertThat(encryption(name).status()).isEqualTo(DeliveryStreamEncryptionStatus.ENABLING);
        assertThat(server.describe(name).deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.ACTIVE);
        assertThatThrownBy(() -> start(name, KEY)).isInstanceOf(ResourceInUseException.class);
        assertThatThrownBy(() -> stop(name)).isInstanceOf(ResourceInUseException.class);

        listener.letGo("enable", name);
        await(name, DeliveryStreamEncryptionStatus.ENABLED);
        assertThat(encryption(name)).satisfies(described -> {
            assertThat(described.keyType()).isEqualTo(KeyType.CUSTOMER_MANAGED_CMK);
            assertThat(described.keyARN()).isEqualTo(KEY);
        });

        stop(name);
        await(name, DeliveryStreamEncryptionStatus.DISABLED);
        assertThat(encryption(name).keyARN()).isNull();
        assertThat(listener.done(name)).containsExactly("creating", "enable", "disable");
    }

    @Test
    void withoutAKeyItIsTheServicesOwn() {
        String name = server.activeStream();
        client.startDeliveryStreamEncryption(request -> request.deliveryStreamName(name));
        await(name, DeliveryStreamEncryptionStatus.ENABLED);

        assertThat(encryption(name).keyType()).isEqualTo(KeyType.AWS_OWNED_CMK);
    }

    @Test
    void aKeyThatTurnsOutNotToWorkLeavesTheOldOneInForce() {
        String name = server.activeStream();
        client.startDeliveryStreamEncryption(request -> request.deliveryStreamName(name));
        await(name, DeliveryStreamEncryptionStatus.ENABLED);
        listener.fail("enable", name, GONE);
        start(name, KEY);
        await(name, DeliveryStreamEncryptionStatus.ENABLING_FAILED);

        assertThat(encryption(name)).satisfies(described -> {
            assertThat(described.keyType()).isEqualTo(KeyType.AWS_OWNED_CMK);
            assertThat(described.failureDescription().type()).isEqualTo(DeliveryStreamFailureType.KMS_KEY_NOT_FOUND);
        });
        listener.fail("enable", name, null);
        start(name, KEY);
        await(name, DeliveryStreamEncryptionStatus.ENABLED);
        assertThat(encryption(name).failureDescription()).isNull();
    }

    @Test
    void whereItCannotBeStoppedItStaysOn() {
        String name = server.activeStream();
        start(name, KEY);
        await(name, DeliveryStreamEncryptionStatus.ENABLED);
        listener.fail("disable", name, GONE);
        stop(name);
        await(name, DeliveryStreamEncryptionStatus.DISABLING_FAILED);

        assertThat(encryption(name).keyARN()).isEqualTo(KEY);
    }

    @Test
    void anEncryptedDeliveryStreamIsNotActiveBeforeItIsEncrypted() {
        String name = newName();
        listener.hold("enable", name);
        create(name, KEY);
        listener.awaitBegun("enable", name);

        assertThat(server.describe(name).deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.CREATING);
        assertThat(encryption(name).status()).isEqualTo(DeliveryStreamEncryptionStatus.ENABLING);

        listener.letGo("enable", name);
        DeliveryStream active = listener.awaitActive(name);
        assertThat(active.encryption().status()).isEqualTo(DeliveryStreamEncryptionStatus.ENABLED);
    }

    @Test
    void whatCannotBeEncryptedIsNotMade() {
        String name = newName();
        listener.fail("enable", name, GONE);
        create(name, KEY);
        DeliveryStream failed = listener.await(name, stream -> stream.status() == DeliveryStreamStatus.CREATING_FAILED);

        assertThat(failed.failure()).isEqualTo(GONE);
        assertThat(failed.encryption().status()).isEqualTo(DeliveryStreamEncryptionStatus.ENABLING_FAILED);
    }

    @Test
    void onlyDirectPutIsEncryptedHere() {
        String name = newName();
        client.createDeliveryStream(request -> request.deliveryStreamName(name)
                .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        source -> source.kinesisStreamARN("arn:aws:kinesis:eu-central-1:123456789012:stream/s")
                                .roleARN(ROLE))
                .extendedS3DestinationConfiguration(bucket()));
        DeliveryStream unused = listener.awaitActive(name);

        assertThatThrownBy(() -> start(name, KEY))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("only allowed for direct put");
        assertThatThrownBy(() -> stop(name)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aKeyHasToBeThereAndEnabledAndOfThisRegion() {
        String name = server.activeStream();

        assertThatThrownBy(() -> start(name, DISABLED_KEY))
                .isInstanceOfSatisfying(
                        InvalidKmsResourceException.class,
                        e -> assertThat(e.code()).isEqualTo("DisabledException"));
        assertThatThrownBy(() -> start(name, KEY + "-not"))
                .isInstanceOfSatisfying(
                        InvalidKmsResourceException.class,
                        e -> assertThat(e.code()).isEqualTo("NotFoundException"));
        assertThatThrownBy(() -> start(name, KEY.replace("eu-central-1", "us-east-1")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Cross-region keys are not allowed");
        assertThatThrownBy(() -> client.startDeliveryStreamEncryption(request -> request.deliveryStreamName(name)
                        .deliveryStreamEncryptionConfigurationInput(
                                input -> input.keyType(KeyType.AWS_OWNED_CMK).keyARN(KEY))))
                .isInstanceOf(InvalidArgumentException.class);
        assertThat(encryption(name).status()).isEqualTo(DeliveryStreamEncryptionStatus.DISABLED);
    }

    @Test
    void itIsStartedAndStoppedTwentyFiveTimesADay() {
        String name = server.activeStream();
        listener.fail("enable", name, GONE);
        for (int i = 0; i < 25; i++) {
            start(name, KEY);
            await(name, DeliveryStreamEncryptionStatus.ENABLING_FAILED);
        }

        assertThatThrownBy(() -> start(name, KEY)).isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> stop(name)).isInstanceOf(LimitExceededException.class);
    }

    private void create(String name, String key) {
        client.createDeliveryStream(request -> request.deliveryStreamName(name)
                .extendedS3DestinationConfiguration(bucket())
                .deliveryStreamEncryptionConfigurationInput(
                        input -> input.keyType(KeyType.CUSTOMER_MANAGED_CMK).keyARN(key)));
    }

    private void start(String name, String key) {
        client.startDeliveryStreamEncryption(request -> request.deliveryStreamName(name)
                .deliveryStreamEncryptionConfigurationInput(
                        input -> input.keyType(KeyType.CUSTOMER_MANAGED_CMK).keyARN(key)));
    }

    private void stop(String name) {
        client.stopDeliveryStreamEncryption(request -> request.deliveryStreamName(name));
    }

    private void await(String name, DeliveryStreamEncryptionStatus status) {
        long calls = server.streams().get(name).encryptionCalls().size();
        DeliveryStream unused = listener.await(
                name,
                stream -> stream.encryption().status() == status
                        && stream.encryptionCalls().size() >= calls);
    }

    private DeliveryStreamEncryptionConfiguration encryption(String name) {
        return server.describe(name).deliveryStreamEncryptionConfiguration();
    }
}
