package io.riacho.firehose.source.kafka;

import io.riacho.firehose.source.SourceException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether partitions have what is to be read of them. Kafka's client tells where an offset is missing; that a
 * topic or a broker is gone it does not tell. Used by the client's thread.
 */
final class OffsetChecks {

    private static final Logger log = LoggerFactory.getLogger(OffsetChecks.class);

    private final String topic;
    private final ReadingListener listener;
    private final Pace pace;
    private final BiConsumer<TopicPartition, SourceException> failures;

    /** Of which nothing came since the last probe. */
    private final Set<TopicPartition> silent = new HashSet<>();

    private long probeAt = System.nanoTime();

    /** @param failures is told what cannot be read, and why */
    OffsetChecks(
            String topic, ReadingListener listener, Pace pace, BiConsumer<TopicPartition, SourceException> failures) {
        this.topic = topic;
        this.listener = listener;
        this.pace = pace;
        this.failures = failures;
    }

    void begun(TopicPartition partition) {
        silent.add(partition);
    }

    void heard(TopicPartition partition) {
        silent.remove(partition);
    }

    /** Asks for the ends of partitions of which nothing came for a while. */
    void probe(Consumer<byte[], byte[]> client, Collection<TopicPartition> reading) {
        if (System.nanoTime() - probeAt < 0) {
            return;
        }
        silent.retainAll(reading);
        if (!silent.isEmpty() && !isAnswered(client)) {
            return;
        }
        silent.addAll(reading);
        probeAt = System.nanoTime() + pace.probe().toNanos();
    }

    /**
     * Goes on where a partition begins now, because what was to be read is gone.
     *
     * @param missing the offsets that partitions do not have
     */
    void goOn(Consumer<byte[], byte[]> client, Map<TopicPartition, Long> missing) {
        Map<TopicPartition, Long> first = client.beginningOffsets(missing.keySet(), pace.patience());
        missing.forEach((partition, offset) -> {
            long begin = first.getOrDefault(partition, 0L);
            if (offset >= begin) {
                failures.accept(partition, beyondEnd(partition, offset));
                return;
            }
            client.seek(partition, begin);
            String text = (begin - offset) + " records from offset " + offset + " on were no longer in " + partition
                    + " when they were to be read, and are lost";
            log.warn("{}", text);
            listener.lost(partition.toString(), text);
        });
    }

    private boolean isAnswered(Consumer<byte[], byte[]> client) {
        Map<TopicPartition, Long> ends;
        try {
            ends = client.endOffsets(silent, pace.patience());
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            boolean isGone = client.partitionsFor(topic, pace.patience()).isEmpty();
            SourceException failure = isGone ? KafkaFailures.noTopic(topic) : KafkaFailures.of(e);
            silent.forEach(partition -> failures.accept(partition, failure));
            return false;
        }
        ends.forEach((partition, end) -> {
            long position = client.position(partition, pace.patience());
            if (position > end) {
                failures.accept(partition, beyondEnd(partition, position));
            }
        });
        return true;
    }

    private static SourceException beyondEnd(TopicPartition partition, long offset) {
        return new SourceException(
                "OffsetOutOfRangeException",
                partition + " was read up to offset " + offset + ", and ends before it: the topic was deleted and made"
                        + " again, or lost records",
                null);
    }
}
