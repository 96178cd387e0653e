package io.riacho.firehose.source.kafka;

import io.riacho.firehose.record.SourceRecord;
import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceBatch;
import io.riacho.firehose.source.SourceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Waits for what the topic's consumer reads of one partition. */
final class PartitionReader implements ShardReader {

    /** What may wait of one partition before no more of it is fetched, in bytes. */
    static final long ENOUGH = 1024 * 1024;

    /** What a record takes beside its bytes, about. */
    private static final int RECORD = 256;

    private final TopicConsumer consumer;
    private final TopicPartition partition;
    private final long from;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<SourceBatch> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean held;
    private boolean closed;
    private @Nullable SourceException failure;

    PartitionReader(TopicConsumer consumer, TopicPartition partition, long from) {
        this.consumer = consumer;
        this.partition = partition;
        this.from = from;
    }

    /** The shard's name: topic, {@code -}, number. */
    String shard() {
        return partition.toString();
    }

    TopicPartition partition() {
        return partition;
    }

    /** The offset of the first record to read. */
    long from() {
        return from;
    }

    @Override
    public @Nullable SourceBatch read(Duration patience) throws SourceException, InterruptedException {
        boolean wake;
        SourceBatch batch;
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (waiting.isEmpty()) {
                if (closed) {
                    throw new InterruptedException("closed");
                }
                if (failure != null) {
                    throw failure;
                }
                if (left <= 0) {
                    return null;
                }
                left = changed.awaitNanos(left);
            }
            batch = waiting.remove();
            bytes -= bytes(batch);
            consumer.taken(bytes(batch));
            wake = held && mayFetch();
        } finally {
            lock.unlock();
        }
        if (wake) {
            consumer.wake();
        }
        return batch;
    }

    /** Adds what was read. */
    void add(SourceBatch batch) {
        lock.lock();
        try {
            if (closed || failure != null) {
                return;
            }
            waiting.add(batch);
            bytes += bytes(batch);
            // Before it can be taken: what waits in all is never less than nothing.
            consumer.added(bytes(batch));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether more may be fetched. Where not, the consumer is woken when it may be. */
    boolean hasRoom() {
        lock.lock();
        try {
            held = !mayFetch();
            return !held;
        } finally {
            lock.unlock();
        }
    }

    /** Where nothing waits always, so that no partition waits for others to be read. */
    private boolean mayFetch() {
        return waiting.isEmpty() || bytes < ENOUGH && consumer.hasRoom();
    }

    /** What waits is read first. */
    void fail(SourceException why) {
        lock.lock();
        try {
            failure = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        long dropped;
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            dropped = bytes;
            bytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        consumer.closed(this, dropped);
    }

    private static long bytes(SourceBatch batch) {
        long sum = RECORD;
        for (SourceRecord record : batch.records()) {
            sum += RECORD + record.data().length + record.partitionKey().length();
        }
        return sum;
    }
}
