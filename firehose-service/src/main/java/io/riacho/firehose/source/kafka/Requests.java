package io.riacho.firehose.source.kafka;

import io.riacho.firehose.source.SourceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What others want of a topic's client: partitions to be read, and questions. Safe for use by many threads. */
final class Requests {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<TopicPartition, PartitionReader> open = new HashMap<>();
    private final Deque<Question<?>> questions = new ArrayDeque<>();
    private boolean closed;

    /** @return false where the source is closed */
    boolean add(Question<?> question) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            questions.add(question);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** @return false where the source is closed */
    boolean add(PartitionReader reader) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            open.put(reader.partition(), reader);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void remove(PartitionReader reader) {
        lock.lock();
        try {
            open.remove(reader.partition(), reader);
        } finally {
            lock.unlock();
        }
    }

    void remove(Question<?> question) {
        lock.lock();
        try {
            questions.remove(question);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to do; false where the source is closed. */
    boolean await() throws InterruptedException {
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

    @Nullable
    Question<?> nextQuestion() {
        lock.lock();
        try {
            return questions.peek();
        } finally {
            lock.unlock();
        }
    }

    Map<TopicPartition, PartitionReader> readers() {
        lock.lock();
        try {
            return Map.copyOf(open);
        } finally {
            lock.unlock();
        }
    }

    /** Tells all that wait why they wait in vain, and forgets them. */
    void fail(RuntimeException why) {
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

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Something to ask Kafka. */
    record Question<T>(Function<Consumer<byte[], byte[]>, T> question, CompletableFuture<T> answer) {

        Question(Function<Consumer<byte[], byte[]>, T> question) {
            this(question, new CompletableFuture<>());
        }

        void ask(Consumer<byte[], byte[]> client) {
            answer.complete(question.apply(client));
        }

        T await() throws SourceException, InterruptedException {
            try {
                return answer.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? KafkaFailures.of(failure)
                        : new SourceException(KafkaFailures.UNAVAILABLE, "Kafka cannot be read", e);
            }
        }
    }
}
