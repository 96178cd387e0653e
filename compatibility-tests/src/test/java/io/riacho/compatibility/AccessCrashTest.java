package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.OrderedWriters.Acknowledged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The server is killed (SIGKILL) while users, access keys, policies, sessions, KMS keys and an encrypted stream are being written, once
 * alone and once with its database, and started again. The tests look at what was acknowledged after the last start.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessCrashTest {

    private static final int USERS_OF_A_ROUND = 15;
    private static final int KEYS_OF_A_ROUND = 15;
    private static final int RECORDS_OF_A_ROUND = 500;

    /** A user that was acknowledged with its policy and key; a deactivated key must stay so. */
    private record MadeUser(String name, Target target, boolean active) {}

    /** A key that was acknowledged with its alias, and what it encrypted; a disabled one must stay so. */
    private record MadeKey(String id, String alias, SdkBytes sealed, String text, boolean enabled) {}

    private final List<MadeUser> users = Collections.synchronizedList(new ArrayList<>());
    private final List<MadeKey> keys = Collections.synchronizedList(new ArrayList<>());
    private final List<Target> sessions = Collections.synchronizedList(new ArrayList<>());
    private final List<Acknowledged> records = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private @Nullable ServerProcess server;
    private Target root;
    private TestStreams streams;
    private String stream;

    @BeforeAll
    void killWhileAccessIsWritten() {
        TestServer.assumeThatServersCanBeStarted();
        ServerProcess started = ServerProcess.started("access-crash", "--riacho.streams.limits.enabled=false");
        server = started;
        root = started.target().withoutRetries();
        streams = new TestStreams(started.target());
        try (KinesisClient kinesis = JavaClients.urlConnection(root);
                KmsClient kms = JavaClients.kms(root)) {
            stream = streams.create(1);
            String key = kms.createKey().keyMetadata().keyId();
            kinesis.startStreamEncryption(start ->
                    start.streamName(stream).encryptionType(EncryptionType.KMS).keyId(key));
            streams.awaitActive(stream);
        }
        round(started::kill);
        started.start();
        round(started::killWithDatabase);
        started.start();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            streams.close();
            server.close();
        }
    }

    @Test
    void everyAcknowledgedUserIsThereWithItsPolicy() {
        try (IamClient iam = JavaClients.iam(root)) {
            Set<String> names = new HashSet<>();
            iam.listUsersPaginator().users().forEach(user -> names.add(user.userName()));
            assertThat(names).containsAll(users.stream().map(MadeUser::name).toList());
            assertThat(users)
                    .allSatisfy(user -> assertThat(iam.listUserPolicies(list -> list.userName(user.name))
                                    .policyNames())
                            .containsExactly("put"));
        }
    }

    @Test
    void everyAcknowledgedAccessKeyWorksAndADeactivatedOneDoesNot() {
        assertThat(users).filteredOn(MadeUser::active).isNotEmpty();
        assertThat(users).filteredOn(user -> !user.active).isNotEmpty();
        assertThat(users).allSatisfy(user -> assertThat(canPut(user.target)).isEqualTo(user.active));
    }

    @Test
    void everyAcknowledgedSessionWorks() {
        assertThat(sessions)
                .isNotEmpty()
                .allSatisfy(session -> assertThat(canPut(session)).isTrue());
    }

    @Test
    void everyAcknowledgedKeyOpensWhatItSealedUnlessItIsDisabled() {
        assertThat(keys).filteredOn(MadeKey::enabled).isNotEmpty();
        assertThat(keys).filteredOn(key -> !key.enabled).isNotEmpty();
        try (KmsClient kms = JavaClients.kms(root)) {
            assertThat(keys).allSatisfy(key -> {
                var described =
                        kms.describeKey(describe -> describe.keyId(key.alias)).keyMetadata();
                assertThat(described.keyId()).isEqualTo(key.id);
                assertThat(described.keyState()).isEqualTo(key.enabled ? KeyState.ENABLED : KeyState.DISABLED);
                if (!key.enabled) {
                    kms.enableKey(enable -> enable.keyId(key.id));
                }
                assertThat(kms.decrypt(decrypt -> decrypt.ciphertextBlob(key.sealed))
                                .plaintext()
                                .asUtf8String())
                        .isEqualTo(key.text);
            });
        }
    }

    @Test
    void everyAcknowledgedRecordOfTheEncryptedStreamIsRead() {
        try (KinesisClient kinesis = JavaClients.urlConnection(root)) {
            List<Record> read = TestStreams.read(
                    kinesis,
                    records.size(),
                    from -> from.streamName(stream)
                            .shardId("shardId-000000000000")
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON));
            assertThat(read)
                    .allSatisfy(record -> assertThat(record.encryptionType()).isEqualTo(EncryptionType.KMS));
            assertThat(read.stream()
                            .map(record -> line(
                                    record.sequenceNumber(),
                                    record.partitionKey(),
                                    OrderedWriters.number(record.data().asUtf8String()))))
                    .containsAll(records.stream()
                            .map(record ->
                                    line(record.sequenceNumber().toString(), record.partitionKey(), record.number()))
                            .toList());
        }
    }

    private void round(Runnable kill) {
        int usersBefore = users.size();
        int keysBefore = keys.size();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                KinesisAsyncClient kinesis = JavaClients.async(root);
                OrderedWriters writers = OrderedWriters.started(kinesis, stream)) {
            List<Future<?>> running = List.of(
                    threads.submit(() -> untilTheServerIsGone(this::makeUsers)),
                    threads.submit(() -> untilTheServerIsGone(this::makeUsers)),
                    threads.submit(() -> untilTheServerIsGone(this::makeKeys)));
            writers.awaitMore(RECORDS_OF_A_ROUND);
            Pause.until("users and keys were made", () -> {
                assertThat(running).noneMatch(Future::isDone);
                return users.size() >= usersBefore + USERS_OF_A_ROUND && keys.size() >= keysBefore + KEYS_OF_A_ROUND;
            });
            kill.run();
            records.addAll(writers.awaitFailure());
        }
    }

    /** The only failure that may be is that of a server that does not answer any more. */
    private static void untilTheServerIsGone(Runnable work) {
        try {
            while (true) {
                work.run();
            }
        } catch (SdkException e) {
            assertThat(e).isNotInstanceOf(AwsServiceException.class);
        }
    }

    private void makeUsers() {
        String name = "crash-" + numbers.incrementAndGet();
        boolean active = name.hashCode() % 3 != 0;
        try (IamClient iam = JavaClients.iam(root)) {
            iam.createUser(user -> user.userName(name));
            iam.putUserPolicy(put ->
                    put.userName(name).policyName("put").policyDocument(Policies.allow("kinesis:PutRecord", "*")));
            iam.putUserPolicy(put -> put.userName(name)
                    .policyName("put")
                    .policyDocument(Policies.document(
                            "{\"Effect\":\"Allow\",\"Action\":[\"kinesis:PutRecord\",\"kms:*\"],\"Resource\":\"*\"}")));
            AccessKey key = iam.createAccessKey(access -> access.userName(name)).accessKey();
            Target target = root.as(key.accessKeyId(), key.secretAccessKey(), null);
            if (active) {
                try (StsClient sts = JavaClients.sts(target)) {
                    var session = sts.getSessionToken().credentials();
                    sessions.add(root.as(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
                }
            } else {
                iam.updateAccessKey(update ->
                        update.userName(name).accessKeyId(key.accessKeyId()).status("Inactive"));
            }
            users.add(new MadeUser(name, target, active));
        }
    }

    private void makeKeys() {
        int number = numbers.incrementAndGet();
        String text = "sealed before the crash " + number;
        String alias = "alias/crash-" + number;
        try (KmsClient kms = JavaClients.kms(root)) {
            String id = kms.createKey().keyMetadata().keyId();
            kms.createAlias(create -> create.aliasName(alias).targetKeyId(id));
            SdkBytes sealed = kms.encrypt(encrypt -> encrypt.keyId(alias).plaintext(SdkBytes.fromUtf8String(text)))
                    .ciphertextBlob();
            kms.rotateKeyOnDemand(rotate -> rotate.keyId(id));
            boolean enabled = number % 3 != 0;
            if (!enabled) {
                kms.disableKey(disable -> disable.keyId(id));
            }
            keys.add(new MadeKey(id, alias, sealed, text, enabled));
        }
    }

    private boolean canPut(Target who) {
        try (KinesisClient kinesis = JavaClients.urlConnection(who)) {
            kinesis.putRecord(put ->
                    put.streamName(stream).partitionKey("key").data(SdkBytes.fromUtf8String("0 after the crash")));
            return true;
        } catch (KinesisException e) {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
            return false;
        }
    }

    private static String line(String sequenceNumber, String partitionKey, int number) {
        return sequenceNumber + " " + partitionKey + " " + number;
    }
}
