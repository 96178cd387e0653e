package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CryptoResult;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKey;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKeyProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.KmsDisabledException;
import software.amazon.awssdk.services.kinesis.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kinesis.model.KmsNotFoundException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kms.KmsClient;

/** Streams encrypted with customers' keys of the server's own KMS, and records that their producers encrypt with such keys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EncryptedStreamTest {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.withoutLimits();

    private static final String FIRST_SHARD = "shardId-000000000000";

    /** After so long a change of a key counts everywhere. */
    private static final Duration CHANGE = Duration.ofSeconds(5);

    private TestIdentities identities;
    private TestStreams streams;
    private KinesisClient client;
    private KmsClient kms;

    @BeforeAll
    void connect() {
        identities = new TestIdentities(SERVER.target());
        streams = new TestStreams(SERVER.target());
        client = JavaClients.apache(SERVER.target().withoutRetries());
        kms = JavaClients.kms(SERVER.target());
    }

    @AfterAll
    void disconnect() {
        client.close();
        kms.close();
        streams.close();
        identities.close();
    }

    @Test
    void aStreamIsEncryptedWithACustomersKeyAndReadAsEver() {
        String key = key();
        String name = streams.create(1);
        put(name, "before");
        encrypt(name, key);
        assertThat(put(name, "after").encryptionType()).isEqualTo(EncryptionType.KMS);
        List<Record> records = read(name, 2);
        assertThat(TestStreams.texts(records)).containsExactly("before", "after");
        assertThat(records.get(0).encryptionType()).isNotEqualTo(EncryptionType.KMS);
        assertThat(records.get(1).encryptionType()).isEqualTo(EncryptionType.KMS);
        var summary = streams.summary(name);
        assertThat(summary.encryptionType()).isEqualTo(EncryptionType.KMS);
        assertThat(summary.keyId()).isEqualTo(key);
    }

    @Test
    void aStreamWhoseEncryptionStopsKeepsWhatIsEncrypted() {
        String key = key();
        String name = streams.create(1);
        encrypt(name, key);
        put(name, "sealed");
        client.stopStreamEncryption(
                stop -> stop.streamName(name).encryptionType(EncryptionType.KMS).keyId(key));
        streams.awaitActive(name);
        put(name, "open");
        assertThat(TestStreams.texts(read(name, 2))).containsExactly("sealed", "open");
    }

    @Test
    void withADisabledKeyNothingIsPutOrReadAndWithItsEnablingEverythingIs() {
        String key = key();
        String name = streams.create(1);
        encrypt(name, key);
        put(name, "before");
        kms.disableKey(disable -> disable.keyId(key));
        refusedFromNowOn(KmsDisabledException.class, () -> put(name, "too late"), () -> readOnce(name));
        kms.enableKey(enable -> enable.keyId(key));
        Pause.until("a record can be put again", () -> succeeds(() -> put(name, "again")));
        Pause.until("records can be read again", () -> succeeds(() -> readOnce(name)));
        List<String> texts = TestStreams.texts(read(name, 2));
        assertThat(texts.getFirst()).isEqualTo("before");
        assertThat(texts.getLast()).isEqualTo("again");
    }

    @Test
    void withAKeyThatIsToBeDeletedNothingIsPutOrRead() {
        String key = key();
        String name = streams.create(1);
        encrypt(name, key);
        put(name, "before");
        kms.scheduleKeyDeletion(schedule -> schedule.keyId(key).pendingWindowInDays(7));
        refusedFromNowOn(KmsInvalidStateException.class, () -> put(name, "too late"), () -> readOnce(name));
        kms.cancelKeyDeletion(cancel -> cancel.keyId(key));
        kms.enableKey(enable -> enable.keyId(key));
        Pause.until("the record can be read again", () -> succeeds(() -> readOnce(name)));
        assertThat(TestStreams.texts(read(name, 1)).getFirst()).isEqualTo("before");
    }

    @Test
    void oldRecordsAreReadAfterTheKeyWasRotated() {
        String key = key();
        String name = streams.create(1);
        encrypt(name, key);
        put(name, "before");
        kms.rotateKeyOnDemand(rotate -> rotate.keyId(key));
        put(name, "after");
        assertThat(TestStreams.texts(read(name, 2))).containsExactly("before", "after");
        assertThat(kms.listKeyRotations(list -> list.keyId(key)).rotations()).hasSize(1);
    }

    @Test
    void oldRecordsAreReadAfterTheStreamGotAnotherKey() {
        String old = key();
        String renewed = key();
        String name = streams.create(1);
        encrypt(name, old);
        put(name, "under the old key");
        encrypt(name, renewed);
        put(name, "under the new key");
        assertThat(TestStreams.texts(read(name, 2))).containsExactly("under the old key", "under the new key");
        kms.disableKey(disable -> disable.keyId(old));
        Pause.until("records under the old key are closed", () -> !succeeds(() -> readOnce(name)));
        put(name, "still under the new key");
        kms.enableKey(enable -> enable.keyId(old));
        Pause.until("records under the old key are open", () -> succeeds(() -> readOnce(name)));
    }

    @Test
    void aKeyThatIsNotThereIsRefused() {
        String name = streams.create(1);
        assertThatThrownBy(() -> client.startStreamEncryption(start -> start.streamName(name)
                        .encryptionType(EncryptionType.KMS)
                        .keyId("11111111-2222-3333-4444-555555555555")))
                .isInstanceOf(KmsNotFoundException.class);
    }

    @Test
    void whoMayNotUseTheKeyMayNotUseTheStream() {
        String key = key();
        String name = streams.create(1);
        encrypt(name, key);
        put(name, "for others");
        var user = identities.user(Policies.allow("kinesis:*", "*"));
        try (KinesisClient other = JavaClients.apache(user.target().withoutRetries())) {
            assertThatThrownBy(() -> put(other, name, "refused")).satisfies(isKmsAccessDenied());
            String iterator = iterator(name);
            assertThatThrownBy(() -> other.getRecords(get -> get.shardIterator(iterator)))
                    .satisfies(isKmsAccessDenied());
            kms.createGrant(grant ->
                    grant.keyId(key).granteePrincipal(user.arn()).operationsWithStrings("GenerateDataKey", "Decrypt"));
            Pause.until("the grant counts", () -> succeeds(() -> put(other, name, "allowed")));
            Pause.until("the grant counts", () -> succeeds(() -> other.getRecords(get -> get.shardIterator(iterator))));
        }
    }

    @Test
    void recordsThatTheAwsEncryptionSdkSealedArePutAndReadBackAndOpened() {
        String arn = kms.createKey().keyMetadata().arn();
        String name = streams.create(1);
        AwsCrypto crypto = AwsCrypto.standard();
        KmsMasterKeyProvider keys = KmsMasterKeyProvider.builder()
                .customRegionalClientSupplier(_ -> kms)
                .buildStrict(arn);
        byte[] text = "for the consumer alone".repeat(100).getBytes(StandardCharsets.UTF_8);
        byte[] sealed = crypto.encryptData(keys, text, Map.of("stream", name)).getResult();
        client.putRecord(put -> put.streamName(name).partitionKey("k").data(SdkBytes.fromByteArray(sealed)));
        byte[] got = read(name, 1).getFirst().data().asByteArray();
        assertThat(new String(got, StandardCharsets.ISO_8859_1)).doesNotContain("consumer alone");
        CryptoResult<byte[], KmsMasterKey> opened = crypto.decryptData(keys, got);
        assertThat(opened.getResult()).isEqualTo(text);
        assertThat(opened.getEncryptionContext()).containsEntry("stream", name);

        kms.disableKey(disable -> disable.keyId(arn));
        assertThatThrownBy(() -> crypto.decryptData(keys, got)).hasStackTraceContaining("is disabled");
    }

    /**
     * Whatever is begun later than the change may take is refused. Until then calls may go either way, so they are repeated until each is
     * refused, and none may succeed that began too late.
     */
    private static void refusedFromNowOn(Class<? extends KinesisException> refusal, Runnable... calls) {
        long changed = System.nanoTime();
        for (Runnable call : calls) {
            Pause.until("the call is refused with " + refusal.getSimpleName(), () -> {
                long begun = System.nanoTime();
                try {
                    call.run();
                } catch (KinesisException e) {
                    assertThat(e).isInstanceOf(refusal);
                    return true;
                }
                assertThat(Duration.ofNanos(begun - changed))
                        .as("after the change a call that succeeded began")
                        .isLessThan(CHANGE);
                return false;
            });
        }
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(refusal);
        }
    }

    private static boolean succeeds(Runnable call) {
        try {
            call.run();
            return true;
        } catch (KinesisException e) {
            return false;
        }
    }

    private static Consumer<Throwable> isKmsAccessDenied() {
        return failure -> assertThat(
                        ((KinesisException) failure).awsErrorDetails().errorCode())
                .isEqualTo("KMSAccessDeniedException");
    }

    private String key() {
        return kms.createKey().keyMetadata().keyId();
    }

    private void encrypt(String name, String key) {
        client.startStreamEncryption(start ->
                start.streamName(name).encryptionType(EncryptionType.KMS).keyId(key));
        streams.awaitActive(name);
    }

    private PutRecordResponse put(String name, String text) {
        return put(client, name, text);
    }

    private static PutRecordResponse put(KinesisClient client, String name, String text) {
        return client.putRecord(put -> put.streamName(name).partitionKey("key").data(SdkBytes.fromUtf8String(text)));
    }

    private String iterator(String name) {
        return client.getShardIterator(get ->
                        get.streamName(name).shardId(FIRST_SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    private void readOnce(String name) {
        String iterator = iterator(name);
        client.getRecords(get -> get.shardIterator(iterator));
    }

    private List<Record> read(String name, int count) {
        return TestStreams.readFrom(client, count, iterator(name));
    }
}
