package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.load.Throughput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Many consumers that read one partition at once, each from its beginning to its end. */
final class KafkaFanOut {

    private final String bootstrapServers;
    private final TopicPartition partition;
    private final long records;

    KafkaFanOut(String bootstrapServers, String topic, long records) {
        this.bootstrapServers = bootstrapServers;
        this.partition = new TopicPartition(topic, 0);
        this.records = records;
    }

    Throughput run(int consumers) {
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < consumers; i++) {
            readers.add(CompletableFuture.runAsync(
                    this::read, reader -> Thread.ofPlatform().daemon().start(reader)));
        }
        CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new)).join();
        return Throughput.of(consumers * records, System.nanoTime() - begin);
    }

    private void read() {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", 10_000, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            for (long left = records; left > 0; ) {
                int polled = consumer.poll(Duration.ofSeconds(5)).count();
                if (polled == 0) {
                    throw new IllegalStateException("The topic ended before " + left + " records");
                }
                left -= polled;
            }
        }
    }
}
