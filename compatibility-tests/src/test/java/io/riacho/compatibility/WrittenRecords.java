package io.riacho.compatibility;

import io.riacho.compatibility.NumberedWriter.Numbered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * What a {@link NumberedWriter} has written to a stream, acknowledged or not.
 *
 * @param ofKeys the records of each key by their numbers
 */
record WrittenRecords(Map<String, List<Written>> ofKeys) {

    /** @param arrival when the stream took it */
    record Written(int number, Instant arrival) {}

    /** All that is in the stream's shards, open or closed. */
    static WrittenRecords read(KinesisClient client, String stream) {
        Map<String, List<Written>> ofKeys = new TreeMap<>();
        for (Shard shard :
                client.listShards(request -> request.streamName(stream)).shards()) {
            for (Record record : StoredStream.readToTheTip(client, stream, shard.shardId())) {
                Numbered numbered = Numbered.of(record.data().asUtf8String().strip());
                ofKeys.computeIfAbsent(numbered.key(), key -> new ArrayList<>())
                        .add(new Written(numbered.number(), record.approximateArrivalTimestamp()));
            }
        }
        ofKeys.values().forEach(records -> records.sort(Comparator.comparingInt(Written::number)));
        return new WrittenRecords(ofKeys);
    }

    int count() {
        return ofKeys.values().stream().mapToInt(List::size).sum();
    }

    private Set<Numbered> numbered() {
        return ofKeys.entrySet().stream()
                .flatMap(key -> key.getValue().stream().map(record -> new Numbered(key.getKey(), record.number())))
                .collect(Collectors.toSet());
    }

    /** Those of the given that are not there. */
    Set<Numbered> missing(Set<Numbered> wanted) {
        Set<Numbered> missing = new HashSet<>(wanted);
        numbered().forEach(missing::remove);
        return missing;
    }

    WrittenRecords without(String key) {
        Map<String, List<Written>> others = new TreeMap<>(ofKeys);
        others.remove(key);
        return new WrittenRecords(others);
    }
}
