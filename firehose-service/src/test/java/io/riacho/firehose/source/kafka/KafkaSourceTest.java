package io.riacho.firehose.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.riacho.firehose.record.SourceRecord;
import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.firehose.source.SourceException;
import io.riacho.leases.NewLease;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaSourceTest {

    private static final Pace QUICK =
            new Pace(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(200));
    /** Of who waits for an answer that will not come. */
    private static final Pace IMPATIENT =
            new Pace(QUICK.probe(), Duration.ofSeconds(1), QUICK.metadata(), QUICK.report());

    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestKafka kafka = TestKafka.shared();
    private final Deque<String> losses = new ConcurrentLinkedDeque<>();
    private final Map<String, Long> lags = new ConcurrentHashMap<>();
    private volatile boolean backpressured;
    private final List<TopicConsumer> consumers = new ArrayList<>();

    @AfterEach
    void close() {
        consumers.forEach(TopicConsumer::close);
    }

    @Test
    void eachPartitionIsAShardThatIsReadInItsOrder() throws Exception {
        String topic = kafka.newTopic(2);
        kafka.put(topic, 0, "a", "b", "c");
        kafka.put(topic, 1, "d", "e");
        KafkaSource source = source(topic, Instant.EPOCH);

        assertThat(source.shards()).extracting(NewLease::shard).containsExactlyInAnyOrder(topic + "-0", topic + "-1");
        assertThat(values(read(open(source, 0), 3))).containsExactly("a", "b", "c");
        assertThat(values(read(open(source, 1), 2))).containsExactly("d", "e");
    }

    @Test
    void recordsTellWhatFunctionsAreToldOfAKafkaRecord() throws Exception {
        String topic = kafka.newTopic(1);
        Instant at = Instant.parse("2026-11-26T12:00:00.123Z");
        kafka.put(new ProducerRecord<>(topic, 0, at.toEpochMilli(), bytes("clé"), bytes("a")));
        kafka.put(topic, 0, "without a key");

        List<SourceRecord> records = read(open(source(topic, Instant.EPOCH), 0), 2);

        assertThat(records.getFirst().partitionKey()).isEqualTo("clé");
        assertThat(records.getFirst().arrival()).isEqualTo(at);
        assertThat(records.getFirst().metadata())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "offset",
                        "0",
                        "partitionId",
                        "0",
                        "approximateArrivalTimestamp",
                        Long.toString(at.toEpochMilli()),
                        "sourceMSKArn",
                        TestKafka.CLUSTER_ARN));
        assertThat(records.getLast().partitionKey()).isEmpty();
    }

    @Test
    void recordsWithoutAValueArePassed() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.put(topic, 0, "a");
        kafka.put(new ProducerRecord<>(topic, 0, bytes("key"), null));
        ShardReader reader = open(source(topic, Instant.EPOCH), 0);

        List<SourceRecord> records = new ArrayList<>();
        SourceBatch last = readUntil(reader, records, batch -> BigInteger.ONE.equals(batch.position()));

        assertThat(values(records)).containsExactly("a");
        assertThat(last.millisBehind()).isZero();
    }

    @Test
    void readingBeginsAtTheTimeThatIsAskedFor() throws Exception {
        String topic = kafka.newTopic(3);
        Instant from = Instant.now().minusSeconds(1_000);
        for (int partition = 0; partition < 2; partition++) {
            kafka.put(new ProducerRecord<>(topic, partition, from.toEpochMilli() - 1, null, bytes("before")));
        }
        kafka.put(new ProducerRecord<>(topic, 0, from.toEpochMilli(), null, bytes("then")));
        KafkaSource source = source(topic, from);
        Map<String, String> checkpoints = checkpoints(source);
        kafka.put(topic, 1, "later");
        kafka.put(topic, 2, "first");

        assertThat(values(read(source.open(topic + "-0", checkpoint(checkpoints, topic, 0)), 1)))
                .containsExactly("then");
        assertThat(values(read(source.open(topic + "-1", checkpoint(checkpoints, topic, 1)), 1)))
                .containsExactly("later");
        assertThat(values(read(source.open(topic + "-2", checkpoint(checkpoints, topic, 2)), 1)))
                .containsExactly("first");
    }

    @Test
    void aReaderGoesOnBehindTheLastRecordThatWasRead() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.put(topic, 0, "a", "b", "c", "d");
        KafkaSource source = source(topic, Instant.EPOCH);

        SourceRecord second = read(open(source, 0), 4).get(1);
        ShardReader next = source.open(topic + "-0", second.position().toString());

        assertThat(values(read(next, 2))).containsExactly("c", "d");
    }

    @Test
    void partitionsThatAreAddedAreFoundAndReadFromTheirBeginning() throws Exception {
        String topic = kafka.newTopic(1);
        KafkaSource source = source(topic, Instant.now());
        assertThat(source.shards()).hasSize(1);
        ShardReader first = open(source, 0);

        kafka.growTopic(topic, 2);
        long longAgo = Instant.now().minusSeconds(100_000).toEpochMilli();
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> kafka.put(new ProducerRecord<>(topic, 1, longAgo, null, bytes("a"))));
        await().atMost(LONG).until(() -> source.shards().size() == 2);
        kafka.put(topic, 0, "b");

        assertThat(values(read(open(source, 1), 1))).containsExactly("a");
        assertThat(values(read(first, 1))).containsExactly("b");
    }

    @Test
    void transactionsAreSeenWhenTheyAreCommittedAndPassedWhenTheyAreNot() throws Exception {
        String topic = kafka.newTopic(1);
        ShardReader reader = open(source(topic, Instant.EPOCH), 0);
        try (KafkaProducer<byte[], byte[]> producer =
                kafka.newProducer(Map.of("transactional.id", "writer of " + topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(TestKafka.record(topic, 0, "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(TestKafka.record(topic, 0, "committed")).get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(TestKafka.record(topic, 0, "aborted, too")).get();
            producer.abortTransaction();
        }

        List<SourceRecord> records = new ArrayList<>();
        // Three records, and a marker at the end of each transaction.
        SourceBatch last =
                readUntil(reader, records, batch -> BigInteger.valueOf(5).equals(batch.position()));

        assertThat(values(records)).containsExactly("committed");
        assertThat(last.millisBehind()).isZero();
    }

    @Test
    void recordsThatRetentionTookBeforeTheyWereReadAreToldAsLost() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.put(topic, 0, "a", "b", "c", "d");
        KafkaSource source = source(topic, Instant.EPOCH);
        kafka.deleteRecords(topic, 0, 3);

        List<SourceRecord> records = read(source.open(topic + "-0", "0"), 1);

        assertThat(values(records)).containsExactly("d");
        assertThat(losses).singleElement().asString().startsWith(topic + "-0: 2 records from offset 1 on");
    }

    @Test
    void aTopicThatEndsBeforeTheCheckpointIsNotReadFromElsewhere() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.put(topic, 0, "a");
        ShardReader reader = source(topic, Instant.EPOCH).open(topic + "-0", "10");

        SourceException failure = failure(reader);

        assertThat(failure.code()).isEqualTo("OffsetOutOfRangeException");
        assertThat(failure).hasMessageContaining("deleted and made again");
        assertThat(losses).isEmpty();
    }

    @Test
    void aTopicThatIsDeletedIsToldToItsReaders() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.put(topic, 0, "a");
        KafkaSource source = source(topic, Instant.EPOCH);
        ShardReader reader = open(source, 0);
        assertThat(read(reader, 1)).hasSize(1);

        kafka.deleteTopic(topic);

        assertThat(failure(reader).code()).isEqualTo("UnknownTopicOrPartitionException");
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(source::shards)
                .withMessageContaining(topic);
    }

    @Test
    void aTopicThatIsMadeAgainIsAnotherOne() throws Exception {
        String topic = kafka.newTopic(1);
        KafkaSource source = source(topic, Instant.EPOCH);
        String first = source.identity();
        assertThat(first).isNotNull();
        assertThat(source.identity()).isEqualTo(first);

        kafka.deleteTopic(topic);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(catchThrowableOfType(SourceException.class, source::identity))
                        .extracting(SourceException::code)
                        .isEqualTo("UnknownTopicOrPartitionException"));
        kafka.newTopic(topic, 1);

        await().atMost(LONG)
                .ignoreExceptionsInstanceOf(SourceException.class)
                .untilAsserted(() -> assertThat(source.identity()).isNotNull().isNotEqualTo(first));
    }

    @Test
    void howFarReadingIsIsToldAlsoWhereNothingIsTaken() throws Exception {
        String topic = kafka.newTopic(2);
        String mebibyte = "x".repeat(1_000_000);
        for (int record = 0; record < 6; record++) {
            kafka.put(topic, 0, mebibyte);
        }
        kafka.put(topic, 1, "a");
        KafkaSource source = source(topic, Instant.EPOCH);
        ShardReader stuck = open(source, 0);
        assertThat(read(open(source, 1), 1)).hasSize(1);

        await().atMost(LONG).until(() -> backpressured && lags.getOrDefault(topic + "-0", 0L) > 0);
        await().atMost(LONG).untilAsserted(() -> assertThat(lags).containsEntry(topic + "-1", 0L));
        read(stuck, 6);

        await().atMost(LONG).until(() -> !backpressured && lags.getOrDefault(topic + "-0", 1L) == 0);
    }

    @Test
    void aClusterThatIsAwayIsToldAndReadAgainWhenItIsBack() throws Exception {
        String topic = kafka.newTopic(1);
        kafka.put(topic, 0, "a");
        KafkaSource source = source(topic, Instant.EPOCH);
        ShardReader reader = open(source, 0);
        SourceRecord first = read(reader, 1).getFirst();

        kafka.stop();
        try {
            assertThat(failure(reader).code()).isEqualTo("Unavailable");
        } finally {
            reader.close();
            kafka.start();
        }
        kafka.put(topic, 0, "b");

        assertThat(values(readAgain(source, topic + "-0", first.position()))).containsExactly("b");
    }

    @Test
    void aClusterThatWasNeverThereIsTold() {
        KafkaProperties.Cluster nowhere = KafkaProperties.Cluster.at("127.0.0.1:1");
        TopicConsumer consumer = consumer("clicks", nowhere, IMPATIENT);
        KafkaSource source = new KafkaSource(
                "clicks", "clicks", Instant.EPOCH, IMPATIENT, consumer, ids("clicks", nowhere, IMPATIENT));

        assertThat(catchThrowableOfType(SourceException.class, source::shards).code())
                .isEqualTo("Unavailable");
        assertThat(failure(source.open("clicks-0", "7")).code()).isEqualTo("Unavailable");
        assertThat(catchThrowableOfType(SourceException.class, source::identity).code())
                .isEqualTo("Unavailable");
    }

    @Test
    void aPartitionThatIsNotReadHoldsBackItselfOnly() throws Exception {
        String topic = kafka.newTopic(2);
        String mebibyte = "x".repeat(1_000_000);
        for (int record = 0; record < 12; record++) {
            kafka.put(topic, 0, mebibyte);
        }
        KafkaSource source = source(topic, Instant.EPOCH);
        TopicConsumer consumer = consumers.getLast();
        ShardReader stuck = open(source, 0);
        await().atMost(LONG).until(() -> consumer.waiting() > PartitionReader.ENOUGH);
        ShardReader other = open(source, 1);

        for (int record = 0; record < 20; record++) {
            kafka.put(topic, 1, "small");
            assertThat(read(other, 1)).hasSize(1);
        }

        assertThat(consumer.waiting()).isLessThan(4 * PartitionReader.ENOUGH);
        assertThat(read(stuck, 12)).hasSize(12);
        assertThat(consumer.waiting()).isZero();
    }

    @Test
    void hundredsOfPartitionsAreReadByOneThread() throws Exception {
        int partitions = 300;
        String topic = kafka.newTopic(partitions);
        KafkaSource source = source(topic, Instant.EPOCH);
        Map<String, String> checkpoints = checkpoints(source);
        List<ShardReader> readers = IntStream.range(0, partitions)
                .mapToObj(partition -> source.open(topic + "-" + partition, checkpoint(checkpoints, topic, partition)))
                .toList();
        for (int partition = 0; partition < partitions; partition++) {
            kafka.put(topic, partition, "record " + partition);
        }

        for (int partition = 0; partition < partitions; partition++) {
            assertThat(values(read(readers.get(partition), 1))).containsExactly("record " + partition);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("riacho-firehose"));
    }

    private KafkaSource source(String topic, Instant from) {
        return new KafkaSource(
                topic, topic, from, QUICK, consumer(topic, kafka.cluster(), QUICK), ids(topic, kafka.cluster(), QUICK));
    }

    private static TopicIds ids(String topic, KafkaProperties.Cluster cluster, Pace pace) {
        return new TopicIds(topic, () -> ConsumerSettings.openAdmin(cluster, topic, pace));
    }

    private final class Told implements ReadingListener {

        @Override
        public void lost(String shard, String text) {
            losses.add(shard + ": " + text);
        }

        @Override
        public void behind(String shard, long lag) {
            lags.put(shard, lag);
        }

        @Override
        public void paced(boolean isBackpressured, Duration throttled) {
            backpressured = isBackpressured;
        }
    }

    private TopicConsumer consumer(String topic, KafkaProperties.Cluster cluster, Pace pace) {
        TopicConsumer consumer = TopicConsumer.start(
                topic,
                topic,
                () -> ConsumerSettings.open(cluster, topic, pace),
                new RecordReader(TestKafka.CLUSTER_ARN),
                new Told(),
                pace);
        consumers.add(consumer);
        return consumer;
    }

    private static Map<String, String> checkpoints(KafkaSource source) throws Exception {
        Map<String, String> checkpoints = new HashMap<>();
        source.shards().forEach(lease -> checkpoints.put(lease.shard(), lease.checkpoint()));
        return checkpoints;
    }

    private static String checkpoint(Map<String, String> checkpoints, String topic, int partition) {
        return Objects.requireNonNull(checkpoints.get(topic + "-" + partition));
    }

    private static ShardReader open(KafkaSource source, int partition) throws Exception {
        return source.open(source.name() + "-" + partition, checkpoint(checkpoints(source), source.name(), partition));
    }

    private static List<SourceRecord> read(ShardReader reader, int count) throws Exception {
        List<SourceRecord> records = new ArrayList<>();
        readUntil(reader, records, _ -> records.size() >= count);
        return records;
    }

    private static SourceBatch readUntil(ShardReader reader, List<SourceRecord> into, Predicate<SourceBatch> enough)
            throws Exception {
        while (true) {
            SourceBatch batch = reader.read(LONG);
            if (batch == null) {
                throw new AssertionError("nothing came; until then " + values(into));
            }
            into.addAll(batch.records());
            if (enough.test(batch)) {
                return batch;
            }
        }
    }

    /** As the engine does it. */
    private static List<SourceRecord> readAgain(KafkaSource source, String shard, BigInteger position)
            throws Exception {
        for (int attempt = 0; attempt < 10; attempt++) {
            try (ShardReader reader = source.open(shard, position.toString())) {
                return read(reader, 1);
            } catch (SourceException e) {
                assertThat(e.code()).isEqualTo("Unavailable");
            }
        }
        throw new AssertionError("the cluster is not read again");
    }

    private static SourceException failure(ShardReader reader) {
        return catchThrowableOfType(SourceException.class, () -> {
            while (reader.read(LONG) != null) {
                // What came before it is read first.
            }
        });
    }

    private static List<String> values(List<SourceRecord> records) {
        return records.stream()
                .map(record -> new String(record.data(), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
