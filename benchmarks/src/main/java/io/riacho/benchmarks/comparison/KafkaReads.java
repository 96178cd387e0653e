package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.load.Throughput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Kafka's consumer reading a topic of four partitions from its beginning to its end, again and again. Used by one thread. */
final class KafkaReads {

    private static final int PARTITIONS = 4;

    private final String bootstrapServers;
    private final String topic;
    private final long recordsInTopic;

    KafkaReads(String bootstrapServers, String topic, long recordsInTopic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.recordsInTopic = recordsInTopic;
    }

    Throughput drain(Durations durations) {
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "max.poll.records",
                        10_000,
                        "max.partition.fetch.bytes",
                        4 << 20,
                        "fetch.max.bytes",
                        50 << 20,
                        "receive.buffer.bytes",
                        -1,
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long warmUntil = System.nanoTime() + durations.warmUp().toNanos();
            long end = warmUntil + durations.measured().toNanos();
            long started = 0;
            long records = 0;
            long inPass = 0;
            while (true) {
                int polled = consumer.poll(Duration.ofSeconds(5)).count();
                if (polled == 0) {
                    throw new IllegalStateException("The topic ended after " + inPass + " of " + recordsInTopic);
                }
                long now = System.nanoTime();
                if (started != 0) {
                    records += polled;
                } else if (now >= warmUntil) {
                    started = now;
                }
                if (now >= end) {
                    return Throughput.of(records, now - started);
                }
                inPass += polled;
                if (inPass >= recordsInTopic) {
                    inPass = 0;
                    consumer.seekToBeginning(partitions);
                }
            }
        }
    }
}
