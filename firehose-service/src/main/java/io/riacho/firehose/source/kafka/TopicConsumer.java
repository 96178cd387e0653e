package io.riacho.firehose.source.kafka;

import io.riacho.firehose.source.SourceBatch;
import io.riacho.firehose.source.SourceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final String topic;
    private final Supplier<? extends Consumer<byte[], byte[]>> clients;
    private final RecordReader records;
    private final LossListener losses;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<TopicPartition, PartitionReader> open = new HashMap<>();
    private final Deque<Question<?>> questions = new ArrayDeque<>();
    private final AtomicBoolean polling = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private final AtomicLong waiting = new AtomicLong();
    private volatile boolean closed;
    private volatile @Nullable Consumer<byte[], byte[]> client;

    /** What the thread reads now; used by it alone. */
    private final Map<TopicPartition, PartitionReader> reading = new HashMap<>();

    private final Set<TopicPartition> silent = new HashSet<>();
    private long probeAt = System.nanoTime();

    private TopicConsumer(
            String topic,
            Supplier<? extends Consumer<byte[], byte[]>> clients,
            RecordReader records,
            LossListener losses,
            Pace pace) {
        this.topic = topic;
        this.clients = clients;
        this.records = records;
        this.losses = losses;
        this.pace = pace;
    }

    /** Connects when something is asked or opened first. */
    static TopicConsumer start(
            String name,
            String topic,
            Supplier<? extends Consumer<byte[], byte[]>> clients,
            RecordReader records,
            LossListener losses,
            Pace pace) {
        TopicConsumer consumer = new TopicConsumer(topic, clients, records, losses, pace);
        Thread.ofVirtual().name("firehose-kafka-" + name).start(consumer::run);
        return consumer;
    }

    /** Asks Kafka something, on the client's thread. */
    <T> T ask(Function<Consumer<byte[], byte[]>, T> question) throws SourceException, InterruptedException {
        Question<T> asked = new Question<>(question, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed) {
                throw KafkaFailures.closed();
            }
            questions.add(asked);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        wake();
        try {
            return asked.answer().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? KafkaFailures.of(failure)
                    : new SourceException(KafkaFailures.UNAVAILABLE, "Kafka cannot be read", e);
        }
    }

    PartitionReader open(int partition, long from) {
        PartitionReader reader = new PartitionReader(this, new TopicPartition(topic, partition), from);
        lock.lock();
        try {
            if (closed) {
                reader.fail(KafkaFailures.closed());
            } else {
                open.put(reader.partition(), reader);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        wake();
        return reader;
    }

    /** Bytes of records that wait to be taken. */
    long waiting() {
        return waiting.get();
    }

    void added(long bytes) {
        waiting.addAndGet(bytes);
    }

    void taken(long bytes) {
        waiting.addAndGet(-bytes);
    }

    /** Whether something may be fetched of partitions of which something waits. */
    boolean hasRoom() {
        return waiting.get() < ENOUGH;
    }

    void closed(PartitionReader reader, long bytes) {
        waiting.addAndGet(-bytes);
        forget(reader);
        wake();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Consumer<byte[], byte[]> current = client;
        if (current != null) {
            current.wakeup();
        }
    }

    /** Has the thread look again before it waits for records, and while it does; what it asks is not cut short. */
    void wake() {
        again.set(true);
        Consumer<byte[], byte[]> current = client;
        if (current != null && polling.compareAndSet(true, false)) {
            current.wakeup();
        }
    }

    private void run() {
        try {
            while (awaitWork()) {
                try {
                    Consumer<byte[], byte[]> current = connect();
                    again.set(false);
                    answer(current);
                    assign(current);
                    if (!reading.isEmpty()) {
                        probe(current);
                        hold(current);
                        poll(current);
                    }
                } catch (WakeupException e) {
                    log.trace("{} looks again", topic);
                } catch (RuntimeException e) {
                    failAll(e);
                    disconnect();
                }
            }
        } catch (InterruptedException e) {
            log.debug("Nobody interrupts this thread", e);
        } finally {
            closed = true;
            failAll(new KafkaException("The source is closed"));
            disconnect();
        }
    }

    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && open.isEmpty() && questions.isEmpty()) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
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
        silent.clear();
        if (current != null) {
            try {
                current.close(CloseOptions.timeout(CLOSE));
            } catch (KafkaException e) {
                log.debug("A client of {} was not closed cleanly", topic, e);
            }
        }
    }

    private void answer(Consumer<byte[], byte[]> current) {
        Question<?> question;
        while ((question = nextQuestion()) != null) {
            try {
                question.answer(current);
            } catch (WakeupException e) {
                throw e;
            } catch (RuntimeException e) {
                question.answer().completeExceptionally(e);
            }
            lock.lock();
            try {
                questions.remove(question);
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable Question<?> nextQuestion() {
        lock.lock();
        try {
            return questions.peek();
        } finally {
            lock.unlock();
        }
    }

    /** Begins to read what was opened, and ends to read what was closed. */
    private void assign(Consumer<byte[], byte[]> current) {
        Map<TopicPartition, PartitionReader> wanted;
        lock.lock();
        try {
            wanted = new HashMap<>(open);
        } finally {
            lock.unlock();
        }
        if (!wanted.keySet().equals(reading.keySet())) {
            current.assign(wanted.keySet());
        }
        wanted.forEach((partition, reader) -> {
            if (reading.get(partition) != reader) {
                current.seek(partition, reader.from());
                silent.add(partition);
            }
        });
        reading.clear();
        reading.putAll(wanted);
        silent.retainAll(wanted.keySet());
    }

    private void hold(Consumer<byte[], byte[]> current) {
        List<TopicPartition> full = new ArrayList<>();
        List<TopicPartition> free = new ArrayList<>();
        reading.forEach((partition, reader) -> (reader.hasRoom() ? free : full).add(partition));
        current.pause(full);
        current.resume(free);
    }

    private void poll(Consumer<byte[], byte[]> current) {
        polling.set(true);
        if (again.get() && polling.compareAndSet(true, false)) {
            return;
        }
        ConsumerRecords<byte[], byte[]> polled;
        try {
            polled = current.poll(POLL.compareTo(pace.probe()) < 0 ? POLL : pace.probe());
        } catch (OffsetOutOfRangeException e) {
            polling.set(false);
            goOn(current, e.offsetOutOfRangePartitions());
            return;
        } finally {
            polling.set(false);
        }
        polled.nextOffsets().forEach((partition, next) -> {
            PartitionReader reader = reading.get(partition);
            if (reader != null) {
                silent.remove(partition);
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

    /**
     * Goes on where a partition begins now, because what was to be read is gone.
     *
     * @param missing the offsets that partitions do not have
     */
    private void goOn(Consumer<byte[], byte[]> current, Map<TopicPartition, Long> missing) {
        Map<TopicPartition, Long> first = current.beginningOffsets(missing.keySet(), pace.patience());
        missing.forEach((partition, offset) -> {
            PartitionReader reader = reading.get(partition);
            long begin = first.getOrDefault(partition, 0L);
            if (reader == null) {
                return;
            }
            if (offset >= begin) {
                fail(reader, beyondEnd(partition, offset));
                return;
            }
            current.seek(partition, begin);
            String text = (begin - offset) + " records from offset " + offset + " on were no longer in " + partition
                    + " when they were to be read, and are lost";
            log.warn("{}", text);
            losses.lost(reader.shard(), text);
        });
    }

    /** Asks for the ends of partitions of which nothing came, because Kafka's client does not tell that they are gone. */
    private void probe(Consumer<byte[], byte[]> current) {
        if (System.nanoTime() - probeAt < 0) {
            return;
        }
        if (!silent.isEmpty()) {
            Map<TopicPartition, Long> ends;
            try {
                ends = current.endOffsets(Set.copyOf(silent), pace.patience());
            } catch (WakeupException e) {
                throw e;
            } catch (RuntimeException e) {
                failSilent(current, e);
                return;
            }
            ends.forEach((partition, end) -> {
                PartitionReader reader = reading.get(partition);
                if (reader != null && current.position(partition, pace.patience()) > end) {
                    fail(reader, beyondEnd(partition, current.position(partition, pace.patience())));
                }
            });
        }
        silent.clear();
        silent.addAll(reading.keySet());
        probeAt = System.nanoTime() + pace.probe().toNanos();
    }

    private void failSilent(Consumer<byte[], byte[]> current, RuntimeException why) {
        boolean isGone = current.partitionsFor(topic, pace.patience()).isEmpty();
        SourceException failure = isGone ? KafkaFailures.noTopic(topic) : KafkaFailures.of(why);
        for (TopicPartition partition : Set.copyOf(silent)) {
            PartitionReader reader = reading.get(partition);
            if (reader != null) {
                fail(reader, failure);
            }
        }
    }

    private static SourceException beyondEnd(TopicPartition partition, long offset) {
        return new SourceException(
                "OffsetOutOfRangeException",
                partition + " was read up to offset " + offset + ", and ends before it: the topic was deleted and made"
                        + " again, or lost records",
                null);
    }

    private void failAll(RuntimeException why) {
        if (!closed) {
            log.debug("{} cannot be read", topic, why);
        }
        List<PartitionReader> readers;
        List<Question<?>> asked;
        lock.lock();
        try {
            readers = List.copyOf(open.values());
            asked = List.copyOf(questions);
            open.clear();
            questions.clear();
        } finally {
            lock.unlock();
        }
        SourceException failure = KafkaFailures.of(why);
        readers.forEach(reader -> reader.fail(failure));
        asked.forEach(question -> question.answer().completeExceptionally(why));
    }

    private void fail(PartitionReader reader, SourceException why) {
        forget(reader);
        reader.fail(why);
    }

    private void forget(PartitionReader reader) {
        lock.lock();
        try {
            open.remove(reader.partition(), reader);
        } finally {
            lock.unlock();
        }
    }

    private record Question<T>(Function<Consumer<byte[], byte[]>, T> question, CompletableFuture<T> answer) {
        void answer(Consumer<byte[], byte[]> client) {
            answer.complete(question.apply(client));
        }
    }
}
