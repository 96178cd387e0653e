package io.riacho.firehose.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.riacho.firehose.destination.warehouse.TestS3;
import io.riacho.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.Connectivity;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.MSKSourceConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** From a topic to a bucket, with all that is between, in a process that is killed. */
class KafkaDeliveryTest {

    private static final String ROLE = "arn:aws:iam::000000000000:role/firehose";
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int PARTITIONS = 3;
    private static final int EACH = 100;

    private final TestKafka kafka = TestKafka.shared();
    private final List<String> put = new ArrayList<>();

    @Test
    void eachRecordIsDeliveredOnceThroughAKillARestartOfTheBrokerAndANewPartition(@TempDir Path folder)
            throws Exception {
        TestPostgres.Database database = TestPostgres.newDatabase();
        String topic = kafka.newTopic(PARTITIONS);
        try (TestS3 s3 = TestS3.start(Files.createDirectories(folder.resolve("s3")));
                S3Client bucket = s3.client()) {
            bucket.createBucket(create -> create.bucket("lake"));
            try (FirehoseProcess process = new FirehoseProcess(database, s3.properties(), kafka, folder);
                    FirehoseClient firehose = process.client()) {
                awaitAnswer(process, firehose);
                put(topic, PARTITIONS);
                create(firehose, "clicks", source(topic, TestKafka.CLUSTER_ARN));
                awaitDelivered(bucket, put.size());
                kafka.stop();
                kafka.start();
                put(topic, PARTITIONS);
                // Some of it is delivered, some is read, and some is not, as chance has it.
                awaitDelivered(bucket, PARTITIONS * EACH + 1);
                process.kill();
            }
            kafka.growTopic(topic, PARTITIONS + 1);
            await().atMost(LONG).until(() -> kafka.partitions(topic) == PARTITIONS + 1);
            put(topic, PARTITIONS + 1);
            try (FirehoseProcess process = new FirehoseProcess(database, s3.properties(), kafka, folder);
                    FirehoseClient firehose = process.client()) {
                awaitAnswer(process, firehose);
                awaitDelivered(bucket, put.size());

                assertThat(firehose.describeDeliveryStream(request -> request.deliveryStreamName("clicks"))
                                .deliveryStreamDescription()
                                .source()
                                .mskSourceDescription()
                                .topicName())
                        .isEqualTo(topic);
                assertThatExceptionOfType(InvalidArgumentException.class)
                        .isThrownBy(() -> create(firehose, "other", source(topic, TestKafka.CLUSTER_ARN + "2")))
                        .withMessageContaining(KafkaProperties.property(TestKafka.CLUSTER_ARN + "2"));
            }
            assertThat(delivered(bucket)).containsExactlyInAnyOrderElementsOf(put);
        }
    }

    private void put(String topic, int partitions) throws ExecutionException, InterruptedException {
        for (int partition = 0; partition < partitions; partition++) {
            List<String> records = IntStream.range(put.size(), put.size() + EACH)
                    .mapToObj(number -> "record " + number)
                    .toList();
            put.addAll(records);
            kafka.put(
                    topic,
                    partition,
                    records.stream().map(record -> record + "\n").toArray(String[]::new));
        }
    }

    private static void awaitDelivered(S3Client bucket, int records) {
        // What is listed while it is written may not be there yet.
        await().atMost(LONG)
                .ignoreExceptionsInstanceOf(S3Exception.class)
                .until(() -> delivered(bucket).size() >= records);
    }

    private static List<String> delivered(S3Client bucket) {
        return bucket.listObjectsV2(list -> list.bucket("lake")).contents().stream()
                .map(S3Object::key)
                .flatMap(
                        key -> bucket.getObjectAsBytes(get -> get.bucket("lake").key(key))
                                .asUtf8String()
                                .lines())
                .toList();
    }

    private static void awaitAnswer(FirehoseProcess process, FirehoseClient firehose) {
        await().atMost(LONG).ignoreExceptionsInstanceOf(SdkException.class).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("Firehose ended by itself");
            }
            return firehose.listDeliveryStreams() != null;
        });
    }

    private static void create(FirehoseClient firehose, String name, Consumer<MSKSourceConfiguration.Builder> source) {
        firehose.createDeliveryStream(request -> request.deliveryStreamName(name)
                .deliveryStreamType(DeliveryStreamType.MSK_AS_SOURCE)
                .mskSourceConfiguration(source)
                .extendedS3DestinationConfiguration(destination -> destination
                        .roleARN(ROLE)
                        .bucketARN("arn:aws:s3:::lake")
                        .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(1))));
        await().atMost(LONG)
                .until(() -> firehose.describeDeliveryStream(request -> request.deliveryStreamName(name))
                                .deliveryStreamDescription()
                                .deliveryStreamStatus()
                        == DeliveryStreamStatus.ACTIVE);
    }

    private static Consumer<MSKSourceConfiguration.Builder> source(String topic, String clusterArn) {
        return source -> source.mskClusterARN(clusterArn)
                .topicName(topic)
                .readFromTimestamp(Instant.EPOCH)
                .authenticationConfiguration(access -> access.roleARN(ROLE).connectivity(Connectivity.PRIVATE));
    }
}
