package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.NumberedWriter.Numbered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * A server is backed up under load, with what docs/operations.md says, and another one is started from the copy. The tests
 * look at what that one has.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BackupTest {

    private static final int RECORDS = 1_000;
    private static final String CONSUMER = "reader";

    private final List<Record> records = new ArrayList<>();
    private Set<Numbered> acknowledgedBefore = Set.of();
    private @Nullable ServerProcess restored;
    private KinesisClient client;
    private String stream = "";
    private String encrypted = "";
    private String consumer = "";
    private String checkpoint = "";
    private String iterator = "";

    @BeforeAll
    void backUpUnderLoadAndRestore() {
        TestServer.assumeThatServersCanBeStarted();
        ServerProcess server = ServerProcess.started("backup", "--riacho.streams.limits.enabled=false");
        Path backup = server.folder().resolve("saved");
        try (TestStreams streams = new TestStreams(server.target());
                KinesisClient writing = JavaClients.urlConnection(server.target());
                KinesisClient impatient =
                        JavaClients.urlConnection(server.target().withoutRetries())) {
            encrypted = streams.unusedName();
            encrypted = streams.create(1);
            writing.startStreamEncryption(request -> request.streamName(encrypted)
                    .encryptionType(EncryptionType.KMS)
                    .keyId("alias/aws/kinesis"));
            streams.awaitActive(encrypted);
            streams.put(encrypted, "secret");
            stream = streams.create(2);
            consumer = writing.registerStreamConsumer(
                            request -> request.streamARN(streams.arn(stream)).consumerName(CONSUMER))
                    .consumer()
                    .consumerARN();
            try (NumberedWriter writer = NumberedWriter.started(impatient, stream)) {
                writer.awaitMore(RECORDS);
                checkpoint = writing.putRecord(request -> request.streamName(stream)
                                .partitionKey("checkpoint")
                                .explicitHashKey("0")
                                .data(SdkBytes.fromUtf8String(new Numbered("checkpoint", 0).line())))
                        .sequenceNumber();
                iterator = writing.getShardIterator(request -> request.streamName(stream)
                                .shardId("shardId-000000000000")
                                .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                                .startingSequenceNumber(checkpoint))
                        .shardIterator();
                acknowledgedBefore = writer.acknowledged();
                server.command("backup", backup.toString());
                writer.awaitMore(RECORDS);
                assertThat(writer.stop()).hasSizeGreaterThan(acknowledgedBefore.size() + RECORDS - 1);
            }
        } finally {
            server.close();
        }
        ServerProcess other = ServerProcess.stopped("restored", "--riacho.streams.limits.enabled=false");
        other.command("restore", backup.toString());
        other.start();
        restored = other;
        client = JavaClients.urlConnection(other.target());
        for (Shard shard :
                client.listShards(request -> request.streamName(stream)).shards()) {
            records.addAll(StoredStream.readToTheTip(client, stream, shard.shardId()));
        }
    }

    @AfterAll
    void stop() {
        if (restored != null) {
            client.close();
            restored.close();
        }
    }

    private List<Numbered> numbered() {
        return records.stream()
                .map(record -> Numbered.of(record.data().asUtf8String().strip()))
                .toList();
    }

    @Test
    void everyRecordThatWasAcknowledgedBeforeTheBackupBeganIsThere() {
        assertThat(acknowledgedBefore).hasSizeGreaterThanOrEqualTo(RECORDS);
        assertThat(new HashSet<>(numbered())).containsAll(acknowledgedBefore);
    }

    @Test
    void noRecordIsThereTwice() {
        assertThat(numbered()).doesNotHaveDuplicates();
    }

    @Test
    void aReaderGoesOnFromItsCheckpointAndFromItsIterator() {
        List<Record> after = TestStreams.read(
                client,
                1,
                request -> request.streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .startingSequenceNumber(checkpoint));
        assertThat(after.getFirst().sequenceNumber()).isEqualTo(checkpoint);
        assertThat(TestStreams.readFrom(client, 1, iterator).getFirst().sequenceNumber())
                .isEqualTo(checkpoint);
    }

    @Test
    void aRecordThatIsPutNowComesBehindAllThatAreThere() {
        String sequenceNumber = client.putRecord(request -> request.streamName(stream)
                        .partitionKey("new")
                        .explicitHashKey("0")
                        .data(SdkBytes.fromUtf8String("new")))
                .sequenceNumber();
        assertThat(records).extracting(Record::sequenceNumber).doesNotContain(sequenceNumber);
        List<Record> read = TestStreams.read(
                client,
                1,
                request -> request.streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .startingSequenceNumber(sequenceNumber));
        assertThat(read.getFirst().data().asUtf8String()).isEqualTo("new");
    }

    @Test
    void consumersAreStillRegistered() {
        assertThat(client.describeStreamConsumer(request -> request.consumerARN(consumer))
                        .consumerDescription()
                        .consumerStatus())
                .isEqualTo(ConsumerStatus.ACTIVE);
    }

    @Test
    void encryptedRecordsAreReadWithTheKeysOfTheBackup() {
        assertThat(TestStreams.texts(StoredStream.readToTheTip(client, encrypted, "shardId-000000000000")))
                .containsExactly("secret");
    }
}
