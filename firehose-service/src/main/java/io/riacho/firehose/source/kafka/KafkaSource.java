package io.riacho.firehose.source.kafka;

import io.riacho.firehose.source.RecordSource;
import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceException;
import io.riacho.leases.NewLease;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A Kafka topic: each partition is a shard. */
final class KafkaSource implements RecordSource {

    private final String name;
    private final String topic;
    private final Instant from;
    private final Duration patience;
    private final TopicConsumer consumer;
    private final TopicIds ids;

    /** Where each partition is begun, as it was found; used by the client's thread alone. */
    private final Map<Integer, Long> first = new TreeMap<>();

    /**
     * @param name of the topic, among all clusters
     * @param from the time of the first record to read
     */
    KafkaSource(String name, String topic, Instant from, Pace pace, TopicConsumer consumer, TopicIds ids) {
        this.name = name;
        this.topic = topic;
        this.from = from;
        this.patience = pace.patience();
        this.consumer = consumer;
        this.ids = ids;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable String identity() throws SourceException, InterruptedException {
        return ids.ask();
    }

    @Override
    public List<NewLease> shards() throws SourceException, InterruptedException {
        List<NewLease> leases = consumer.ask(this::shards);
        if (leases.isEmpty()) {
            throw KafkaFailures.noTopic(topic);
        }
        return leases;
    }

    @Override
    public ShardReader open(String shard, String checkpoint) {
        int partition = Integer.parseInt(shard.substring(shard.lastIndexOf('-') + 1));
        return consumer.open(partition, StartingOffset.of(checkpoint));
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<NewLease> shards(Consumer<byte[], byte[]> client) {
        List<TopicPartition> all = client.partitionsFor(topic, patience).stream()
                .map(PartitionInfo::partition)
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        List<TopicPartition> unknown = all.stream()
                .filter(partition -> !first.containsKey(partition.partition()))
                .toList();
        if (!unknown.isEmpty()) {
            // What was added while we read is all younger than what is asked for, whatever its records' times are.
            Map<TopicPartition, Long> found =
                    first.isEmpty() ? fromTime(client, unknown) : client.beginningOffsets(unknown, patience);
            found.forEach((partition, offset) -> first.put(partition.partition(), offset));
        }
        return all.stream()
                .map(partition -> new NewLease(
                        partition.toString(),
                        List.of(),
                        StartingOffset.text(first.getOrDefault(partition.partition(), 0L))))
                .toList();
    }

    private Map<TopicPartition, Long> fromTime(Consumer<byte[], byte[]> client, List<TopicPartition> partitions) {
        if (!from.isAfter(Instant.EPOCH)) {
            return client.beginningOffsets(partitions, patience);
        }
        // The ends first: a record that comes in between has a time, or is behind that end.
        Map<TopicPartition, Long> found = new HashMap<>(client.endOffsets(partitions, patience));
        Map<TopicPartition, OffsetAndTimestamp> timed = client.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> from.toEpochMilli())), patience);
        timed.forEach((partition, at) -> {
            if (at != null) {
                found.put(partition, at.offset());
            }
        });
        return found;
    }
}
