package io.riacho.firehose.source.kafka;

import io.riacho.firehose.source.SourceBatch;
import io.riacho.firehose.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of a topic that are open in this process: one client and one virtual thread, whatever their number.
 * A partition whose records are not taken is paused. Safe for use by many threads; Kafka's client is used by its own only.
 */
final class TopicConsumer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TopicConsumer.class);

    /** What may wait of all partitions before only those are fetched of which nothing waits, in bytes. */
    private static final long ENOUGH = 16L * 1024 * 1024;

    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final String topic;
    private final Supplier<? extends Consumer<byte[], byte[]>> clients;
    private final RecordReader records;
    private final Requests requests = new Requests();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean again = new AtomicBoolean();
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile @Nullable Consumer<byte[], byte[]> client;

    /** What the thread reads now; used by it alone. */
    private final Map<TopicPartition, PartitionReader> reading = new HashMap<>();

    private final OffsetChecks checks;
    private final LagReports reports;
    private final Duration patience;

    private TopicConsumer(
            String topic,
            Supplier<? extends Consumer<byte[], byte[]>> clients,
            RecordReader records,
            ReadingListener listener,
            Pace pace) {
        this.topic = topic;
        this.clients = clients;
        this.records = records;
        this.patience = pace.probe();
        this.checks = new OffsetChecks(topic, listener, pace, this::fail);
        this.reports = new LagReports(listener, pace);
    }

    /** Connects when something is asked or opened first. */
    static TopicConsumer start(
            String name,
            String topic,
            Supplier<? extends Consumer<byte[], byte[]>> clients,
            RecordReader records,
            ReadingListener listener,
            Pace pace) {
        TopicConsumer consumer = new TopicConsumer(topic, clients, records, listener, pace);
        Thread.ofVirtual().name("firehose-kafka-" + name).start(consumer::run);
        return consumer;
    }

    /** Asks Kafka something, on the client's thread. */
    <T> T ask(Function<Consumer<byte[], byte[]>, T> question) throws SourceException, InterruptedException {
        Requests.Question<T> asked = new Requests.Question<>(question);
        if (!requests.add(asked)) {
            throw KafkaFailures.closed();
        }
        wake();
        return asked.await();
    }

    PartitionReader open(int partition, long from) {
        PartitionReader reader = new PartitionReader(this, new TopicPartition(topic, partition), from);
        if (requests.add(reader)) {
            wake();
        } else {
            reader.fail(KafkaFailures.closed());
        }
        return reader;
    }

    /** Bytes of records that wait to be taken. */
    long waiting() {
        return waiting.get();
    }

    /** Whether more may be fetched of partitions of which something waits. */
    boolean hasRoom() {
        return waiting.get() < ENOUGH;
    }

    void added(long bytes) {
        waiting.addAndGet(bytes);
    }

    void taken(long bytes) {
        waiting.addAndGet(-bytes);
    }

    void closed(PartitionReader reader, long bytes) {
        taken(bytes);
        requests.remove(reader);
        wake();
    }

    /** Has the thread look again before it waits for records, and while it does; what it asks is not cut short. */
    void wake() {
        again.set(true);
        Consumer<byte[], byte[]> current = client;
        if (current != null && polling.compareAndSet(true, false)) {
            current.wakeup();
        }
    }

    @Override
    public void close() {
        requests.close();
        Consumer<byte[], byte[]> current = client;
        if (current != null) {
            current.wakeup();
        }
    }

    private void run() {
        try {
            while (requests.await()) {
                try {
                    Consumer<byte[], byte[]> current = connect();
                    again.set(false);
                    answer(current);
                    assign(current);
                    if (!reading.isEmpty()) {
                        checks.probe(current, reading.keySet());
                        reports.report(current, List.copyOf(reading.keySet()), hold(current));
                        poll(current);
                    }
                } catch (WakeupException e) {
                    log.trace("{} looks again", topic);
                } catch (RuntimeException e) {
                    log.debug("{} cannot be read", topic, e);
                    disconnect();
                    requests.fail(e);
                }
            }
        } catch (InterruptedException e) {
            log.debug("Nobody interrupts this thread", e);
        } finally {
            requests.close();
            requests.fail(new KafkaException("The source is closed"));
            disconnect();
        }
    }

    private Consumer<byte[], byte[]> connect() {
        Consumer<byte[], byte[]> current = client;
        if (current == null) {
            current = clients.get();
            client = current;
        }
        return current;
    }

    private void disconnect() {
        Consumer<byte[], byte[]> current = client;
        client = null;
        reading.clear();
        if (current != null) {
            try {
                current.close(CloseOptions.timeout(CLOSE));
            } catch (KafkaException e) {
                log.debug("A client of {} was not closed cleanly", topic, e);
            }
        }
    }

    private void answer(Consumer<byte[], byte[]> current) {
        for (var question = requests.nextQuestion(); question != null; question = requests.nextQuestion()) {
            try {
                question.ask(current);
            } catch (WakeupException e) {
                throw e;
            } catch (RuntimeException e) {
                question.answer().completeExceptionally(e);
            }
            requests.remove(question);
        }
    }

    /** Begins to read what was opened, and ends to read what was closed. */
    private void assign(Consumer<byte[], byte[]> current) {
        Map<TopicPartition, PartitionReader> wanted = requests.readers();
        if (!wanted.keySet().equals(reading.keySet())) {
            current.assign(wanted.keySet());
        }
        wanted.forEach((partition, reader) -> {
            if (reading.get(partition) != reader) {
                current.seek(partition, reader.from());
                checks.begun(partition);
            }
        });
        reading.clear();
        reading.putAll(wanted);
    }

    /** Whether a partition is not read on. */
    private boolean hold(Consumer<byte[], byte[]> current) {
        List<TopicPartition> full = new ArrayList<>();
        List<TopicPartition> free = new ArrayList<>();
        reading.forEach((partition, reader) -> (reader.hasRoom() ? free : full).add(partition));
        current.pause(full);
        current.resume(free);
        return !full.isEmpty();
    }

    private void poll(Consumer<byte[], byte[]> current) {
        polling.set(true);
        if (again.get() && polling.compareAndSet(true, false)) {
            return;
        }
        ConsumerRecords<byte[], byte[]> polled;
        try {
            polled = current.poll(patience);
        } catch (OffsetOutOfRangeException e) {
            polling.set(false);
            checks.goOn(current, e.offsetOutOfRangePartitions());
            return;
        } finally {
            polling.set(false);
        }
        polled.nextOffsets().forEach((partition, next) -> {
            PartitionReader reader = reading.get(partition);
            if (reader != null) {
                checks.heard(partition);
                reader.add(batch(current, reader, polled.records(partition), next.offset()));
            }
        });
    }

    private SourceBatch batch(
            Consumer<byte[], byte[]> current,
            PartitionReader reader,
            List<ConsumerRecord<byte[], byte[]>> read,
            long next) {
        OptionalLong lag = current.currentLag(reader.partition());
        Long millisBehind = null;
        if (lag.isPresent() && lag.getAsLong() == 0) {
            millisBehind = 0L;
        } else if (!read.isEmpty()) {
            millisBehind =
                    Math.max(0, System.currentTimeMillis() - read.getLast().timestamp());
        }
        return records.batch(reader.shard(), read, next, millisBehind);
    }

    private void fail(TopicPartition partition, SourceException why) {
        PartitionReader reader = reading.get(partition);
        if (reader != null) {
            requests.remove(reader);
            reader.fail(why);
        }
    }
}
