package io.riacho.compatibility;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares what came out of a stream with what a producer had been told it put there, and tells in words what was wrong:
 * <ul>
 *   <li>Each record comes out once, and nothing else does.
 *   <li>Key, data, shard and sequence number are those that it was acknowledged with.
 *   <li>A shard's records come in the order of their sequence numbers, and those of one stored record in the order of their places.
 *   <li>Records of a key that were written one after the other come in this order.
 * </ul>
 */
final class ProductionCheck {

    private static final int NAMED = 5;

    private final Map<Integer, ProducedRecord> produced;
    private final List<String> faults = new ArrayList<>();

    private ProductionCheck(Collection<ProducedRecord> produced) {
        this.produced = produced.stream().collect(Collectors.toMap(ProducedRecord::number, Function.identity()));
    }

    /**
     * Nothing, if all is well.
     *
     * @param consumed as they came, at least those of each shard
     */
    static List<String> faults(Collection<ProducedRecord> produced, List<ConsumedRecord> consumed) {
        ProductionCheck check = new ProductionCheck(produced);
        check.eachComesOnce(consumed);
        consumed.forEach(check::asAcknowledged);
        check.shardsKeepTheirOrder(consumed);
        check.keysKeepTheirOrder(consumed);
        return check.faults;
    }

    private void eachComesOnce(List<ConsumedRecord> consumed) {
        Map<Integer, Long> times =
                consumed.stream().collect(Collectors.groupingBy(ConsumedRecord::number, Collectors.counting()));
        List<ProducedRecord> missing = produced.values().stream()
                .filter(record -> !times.containsKey(record.number()))
                .sorted((one, other) -> Integer.compare(one.number(), other.number()))
                .toList();
        if (!missing.isEmpty()) {
            faults.add(missing.size() + " records never came: "
                    + missing.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", ")));
        }
        times.forEach((number, count) -> {
            if (count > 1) {
                faults.add("number " + number + " came " + count + " times");
            }
        });
    }

    private void asAcknowledged(ConsumedRecord record) {
        ProducedRecord same = produced.get(record.number());
        if (same == null) {
            faults.add("nobody wrote " + record);
            return;
        }
        if (!same.partitionKey().equals(record.partitionKey())
                || !same.shardId().equals(record.shardId())
                || !same.sequenceNumber().equals(record.sequenceNumber())) {
            faults.add(same + " came as " + record);
        }
        if (record.explicitHashKey() != null && !record.explicitHashKey().equals(same.explicitHashKey())) {
            faults.add(record + " has the explicit hash key " + record.explicitHashKey());
        }
        if (!same.fingerprint().equals(record.fingerprint())) {
            faults.add(record + " has other bytes");
        }
    }

    private void shardsKeepTheirOrder(List<ConsumedRecord> consumed) {
        Map<String, ConsumedRecord> last = new HashMap<>();
        for (ConsumedRecord record : consumed) {
            ConsumedRecord before = last.put(record.shardId(), record);
            if (before != null && !isBehind(record, before)) {
                faults.add(record + " came behind " + before);
            }
        }
    }

    private static boolean isBehind(ConsumedRecord record, ConsumedRecord before) {
        int order = record.sequenceNumber().compareTo(before.sequenceNumber());
        return order > 0 || order == 0 && record.subSequenceNumber() > before.subSequenceNumber();
    }

    private void keysKeepTheirOrder(List<ConsumedRecord> consumed) {
        Map<String, ConsumedRecord> last = new HashMap<>();
        for (ConsumedRecord record : consumed) {
            if (record.partitionKey().startsWith(ProducedRecord.IN_ORDER)) {
                ConsumedRecord before = last.put(record.partitionKey(), record);
                if (before != null && before.number() >= record.number()) {
                    faults.add(record.partitionKey() + ": number " + record.number() + " came behind number "
                            + before.number());
                }
            }
        }
    }
}
