package io.riacho.compatibility;

import io.riacho.compatibility.StoredStream.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares what a job counted, over all the times that it was stopped and went on from its state, with what is in the stream, and
 * tells in words what was wrong:
 * <ul>
 *   <li>Each record is counted, and nothing else is.
 *   <li>For the job's state no record comes twice, and after the last of a key it has counted as many as there are.
 *   <li>Whoever goes on begins with a state that was there before, and counts up from it one by one.
 *   <li>The records of a key in a shard come in their order.
 * </ul>
 */
final class CountCheck {

    private static final int NAMED = 5;

    private final Map<String, StoredRecord> stored;
    private final List<String> faults = new ArrayList<>();

    private CountCheck(StoredStream stored) {
        this.stored = stored.recordsOfShards().values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(
                        record -> record.shardId() + " " + record.sequenceNumber(), Function.identity()));
    }

    /**
     * Nothing, if all is well.
     *
     * @param runs what was counted each time that the job ran, in order
     */
    static List<String> faults(StoredStream stored, List<List<CountedRecord>> runs) {
        CountCheck check = new CountCheck(stored);
        List<CountedRecord> all = runs.stream().flatMap(List::stream).toList();
        check.eachIsCounted(all);
        all.forEach(check::asStored);
        check.countsGoOn(runs);
        check.countsAreWhole(all);
        runs.forEach(check::keysKeepTheirOrder);
        return check.faults;
    }

    private void eachIsCounted(List<CountedRecord> counted) {
        Set<String> positions =
                counted.stream().map(CountedRecord::position).collect(Collectors.toCollection(HashSet::new));
        List<StoredRecord> missing = stored.entrySet().stream()
                .filter(entry -> !positions.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (!missing.isEmpty()) {
            faults.add(missing.size() + " records were never counted: "
                    + missing.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }

    private void asStored(CountedRecord record) {
        StoredRecord same = stored.get(record.position());
        if (same == null) {
            faults.add("not in the stream: " + record);
        } else if (!same.partitionKey().equals(record.partitionKey()) || same.number() != record.number()) {
            faults.add(same + " came as " + record);
        }
        if (record.times() != 1) {
            faults.add(record + " came " + record.times() + " times");
        }
    }

    private void countsGoOn(List<List<CountedRecord>> runs) {
        Map<String, Set<Integer>> before = new HashMap<>();
        for (List<CountedRecord> run : runs) {
            Map<String, Integer> last = new HashMap<>();
            for (CountedRecord record : run) {
                String key = record.partitionKey();
                Integer count = last.put(key, record.countOfKey());
                int from = record.countOfKey() - 1;
                if (count == null
                        ? from != 0 && !before.getOrDefault(key, Set.of()).contains(from)
                        : count != from) {
                    faults.add(record + " is the key's " + record.countOfKey() + ", behind "
                            + (count == null ? "a state that never was" : "its " + count));
                }
            }
            run.forEach(record -> before.computeIfAbsent(record.partitionKey(), key -> new HashSet<>())
                    .add(record.countOfKey()));
        }
    }

    private void countsAreWhole(List<CountedRecord> counted) {
        Map<String, Integer> counts = new HashMap<>();
        counted.forEach(record -> counts.put(record.partitionKey(), record.countOfKey()));
        stored.values().stream()
                .collect(Collectors.groupingBy(StoredRecord::partitionKey, Collectors.counting()))
                .forEach((key, count) -> {
                    int last = counts.getOrDefault(key, 0);
                    if (last != count) {
                        faults.add(key + " has " + count + " records, of which " + last + " were counted");
                    }
                });
    }

    private void keysKeepTheirOrder(List<CountedRecord> run) {
        Map<String, CountedRecord> last = new HashMap<>();
        for (CountedRecord record : run) {
            CountedRecord before = last.put(record.partitionKey() + " " + record.shardId(), record);
            if (before != null && before.sequenceNumber().compareTo(record.sequenceNumber()) >= 0) {
                faults.add(record + " came behind " + before);
            }
        }
    }
}
