package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.load.KinesisRequests.Entry;
import io.riacho.benchmarks.load.Latencies;
import io.riacho.benchmarks.load.Pace;
import io.riacho.benchmarks.load.Pauses;
import io.riacho.benchmarks.load.Records;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** From the send of one record to the moment when a consumer that waits for it has it. */
final class KafkaLatencyProbe {

    private final String bootstrapServers;
    private final TopicPartition partition;
    private final Records records = new Records();

    KafkaLatencyProbe(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        partition = new TopicPartition(topic, 0);
    }

    Latencies toReader(int warmUp, int measured, Pace pace) throws Exception {
        int count = warmUp + measured;
        long mark = records.mark();
        List<ProducerRecord<byte[], byte[]>> prepared = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Entry entry = records.marked(mark, i);
            prepared.add(new ProducerRecord<>(partition.topic(), 0, KafkaTarget.key(entry), entry.data()));
        }
        AtomicLongArray sentAt = new AtomicLongArray(count);
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        CompletableFuture<Latencies> read = new CompletableFuture<>();
        Thread.ofPlatform().name("consumer").start(() -> {
            try {
                read.complete(consume(mark, sentAt, warmUp, ready, stop));
            } catch (RuntimeException e) {
                read.completeExceptionally(e);
                ready.completeExceptionally(e);
            }
        });
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            ready.join();
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                sentAt.set(i, System.nanoTime());
                producer.send(prepared.get(i)).get();
                pace.await(begin, i + 1);
            }
            Pauses.milliseconds(200);
        } finally {
            stop.set(true);
        }
        return read.join();
    }

    private Latencies consume(
            long mark, AtomicLongArray sentAt, int warmUp, CompletableFuture<Void> ready, AtomicBoolean stop) {
        Latencies latencies = new Latencies();
        int seen = 0;
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "fetch.min.bytes", 1, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            ready.complete(null);
            while (!stop.get()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    long now = System.nanoTime();
                    ByteBuffer data = ByteBuffer.wrap(record.value());
                    if (data.getLong() == mark) {
                        int number = (int) data.getLong();
                        if (seen++ >= warmUp) {
                            latencies.add(now - sentAt.get(number));
                        }
                    }
                }
            }
        }
        if (seen != sentAt.length()) {
            throw new IllegalStateException("The consumer saw " + seen + " of " + sentAt.length() + " records");
        }
        return latencies;
    }
}
