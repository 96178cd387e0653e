package io.riacho.firehose.source.kafka;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A real Kafka broker, alone and its own controller, and clients of it. All tests of the module share one. */
final class TestKafka {

    static final String CLUSTER_ARN = "arn:aws:kafka:us-east-1:000000000000:cluster/clicks/1234abcd-1";

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final Map<String, Object> settings = new HashMap<>();
    private final int port = freePort();
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private @Nullable KafkaRaftServer server;

    private TestKafka(Path folder) throws Exception {
        quieten();
        int controller = freePort();
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controller),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("log.dirs", folder.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("log.initial.task.delay.ms", "100"),
                Map.entry("log.segment.delete.delay.ms", "100")));
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId("MkU3OEVBNTcwNTJENDM2Qg")
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .run();
        start();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
        producer = newProducer(Map.of());
    }

    /** The broker that tests share; it runs until the end. */
    static TestKafka shared() {
        return Shared.KAFKA;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    KafkaProperties.Cluster cluster() {
        return KafkaProperties.Cluster.at(bootstrapServers());
    }

    void start() {
        KafkaRaftServer next = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        next.startup();
        server = next;
    }

    void stop() {
        KafkaRaftServer current = server;
        server = null;
        if (current != null) {
            current.shutdown();
            current.awaitShutdown();
        }
    }

    String newTopic(int partitions) throws ExecutionException, InterruptedException {
        String topic = "clicks-" + TOPICS.incrementAndGet();
        newTopic(topic, partitions);
        return topic;
    }

    /** Makes a topic again that is deleted. */
    void newTopic(String topic, int partitions) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get();
        // The broker hears of it from the controller, and answers clients meanwhile that there is no such topic.
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> partitions(topic) == partitions);
    }

    void deleteTopic(String topic) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(topic)).all().get();
    }

    /** @param partitions how many there are to be */
    void growTopic(String topic, int partitions) throws ExecutionException, InterruptedException {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get();
    }

    int partitions(String topic) throws ExecutionException, InterruptedException {
        return Objects.requireNonNull(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .partitions()
                .size();
    }

    /** As retention does it. */
    void deleteRecords(String topic, int partition, long before) throws ExecutionException, InterruptedException {
        admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
                .all()
                .get();
    }

    KafkaProducer<byte[], byte[]> newProducer(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("bootstrap.servers", bootstrapServers());
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Returns when the records are stored. */
    void put(String topic, int partition, String... values) throws ExecutionException, InterruptedException {
        for (String value : values) {
            var _ = producer.send(record(topic, partition, value));
        }
        producer.flush();
    }

    void put(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        producer.send(record).get();
    }

    static ProducerRecord<byte[], byte[]> record(String topic, int partition, String value) {
        return new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Broker and clients tell all their settings, and each connection that is lost. */
    private static void quieten() {
        for (String name : List.of("kafka", "org.apache.kafka", "state.change.logger")) {
            ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Shared {
        static final TestKafka KAFKA = make();

        private static TestKafka make() {
            try {
                return new TestKafka(
                        Files.createTempDirectory(Files.createDirectories(Path.of("target", "kafka")), "log"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
