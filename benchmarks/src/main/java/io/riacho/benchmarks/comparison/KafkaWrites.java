package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.load.KinesisLoad;
import io.riacho.benchmarks.load.KinesisRequests.Entry;
import io.riacho.benchmarks.load.Latencies;
import io.riacho.benchmarks.load.Throughput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's producer under the loads that a Kinesis endpoint gets, acknowledged by the broker (acks=all). Used by one thread. */
final class KafkaWrites implements AutoCloseable {

    /** 500 records of 1 KiB with their keys, as Kafka frames them, and a little room. */
    private static final int BATCH_BYTES = 528_000;

    private final Producer<byte[], byte[]> producer;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int next;

    private KafkaWrites(String bootstrapServers, Map<String, Object> more) {
        Map<String, Object> configuration = new HashMap<>(more);
        configuration.put("bootstrap.servers", bootstrapServers);
        configuration.put("acks", "all");
        configuration.put("compression.type", "none");
        producer = new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Each request carries one batch of 500 records, for one of four partitions in turn. */
    static KafkaWrites inBatches(String bootstrapServers, String topic, List<Entry> entries) {
        KafkaWrites writes = new KafkaWrites(
                bootstrapServers,
                Map.of(
                        "batch.size",
                        BATCH_BYTES,
                        "linger.ms",
                        5,
                        "max.in.flight.requests.per.connection",
                        Workload.PUT_RECORDS_IN_FLIGHT,
                        "max.request.size",
                        BATCH_BYTES + 1000));
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            int partition = i / KinesisLoad.BATCH % 4;
            writes.records.add(new ProducerRecord<>(topic, partition, KafkaTarget.key(entry), entry.data()));
        }
        return writes;
    }

    /** What the producer does best: large batches for all partitions by key, many in one request. */
    static KafkaWrites inAnyBatches(String bootstrapServers, String topic, List<Entry> entries) {
        KafkaWrites writes = new KafkaWrites(
                bootstrapServers,
                Map.of(
                        "batch.size",
                        BATCH_BYTES,
                        "linger.ms",
                        5,
                        "max.request.size",
                        5 * BATCH_BYTES,
                        "buffer.memory",
                        64L << 20));
        writes.addByKey(topic, entries);
        return writes;
    }

    static KafkaWrites oneByOne(String bootstrapServers, String topic, List<Entry> entries) {
        KafkaWrites writes = new KafkaWrites(bootstrapServers, Map.of("linger.ms", 0));
        writes.addByKey(topic, entries);
        return writes;
    }

    private void addByKey(String topic, List<Entry> entries) {
        for (Entry entry : entries) {
            records.add(new ProducerRecord<>(topic, KafkaTarget.key(entry), entry.data()));
        }
    }

    /**
     * Has one record acknowledged by each partition. A producer that sends several requests at once to partitions that
     * are just being made can stall on out-of-order sequence numbers, until its delivery timeout.
     */
    KafkaWrites primed(String topic, int partitions) throws Exception {
        for (int partition = 0; partition < partitions; partition++) {
            ProducerRecord<byte[], byte[]> first = records.getFirst();
            producer.send(new ProducerRecord<>(topic, partition, first.key(), first.value()))
                    .get();
        }
        return this;
    }

    /** Sends as fast as so many records not yet acknowledged allow. */
    Throughput flow(int inFlight, Durations durations) {
        Semaphore window = new Semaphore(inFlight);
        long warmUntil = System.nanoTime() + durations.warmUp().toNanos();
        long end = warmUntil + durations.measured().toNanos();
        long started = 0;
        long before = 0;
        while (true) {
            window.acquireUninterruptibly();
            producer.send(record(), (metadata, exception) -> {
                note(exception);
                window.release();
            });
            long now = System.nanoTime();
            if (started == 0 && now >= warmUntil) {
                started = now;
                before = acknowledged.get();
            }
            if (now >= end) {
                Throughput throughput = Throughput.of(acknowledged.get() - before, now - started);
                producer.flush();
                check();
                return throughput;
            }
        }
    }

    /** One record after another, each acknowledged before the next is sent. */
    Latencies latency(Durations durations) throws Exception {
        Latencies latencies = new Latencies();
        long warmUntil = System.nanoTime() + durations.warmUp().toNanos();
        long end = warmUntil + durations.measured().toNanos();
        for (long sent = System.nanoTime(); sent < end; ) {
            producer.send(record()).get();
            long now = System.nanoTime();
            if (sent >= warmUntil) {
                latencies.add(now - sent);
            }
            sent = now;
        }
        return latencies;
    }

    /** Sends so many records, and returns once all are acknowledged. */
    void send(long count) {
        for (long i = 0; i < count; i++) {
            producer.send(record(), (metadata, exception) -> note(exception));
        }
        producer.flush();
        check();
    }

    private ProducerRecord<byte[], byte[]> record() {
        ProducerRecord<byte[], byte[]> record = records.get(next);
        next = (next + 1) % records.size();
        return record;
    }

    private void note(@Nullable Exception exception) {
        if (exception == null) {
            acknowledged.incrementAndGet();
        } else {
            failure.compareAndSet(null, exception);
        }
    }

    private void check() {
        Exception exception = failure.get();
        if (exception != null) {
            throw new IllegalStateException("Kafka refused a record", exception);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
