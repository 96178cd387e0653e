package io.riacho.compatibility;

import io.riacho.compatibility.JournalLine.Event;
import io.riacho.compatibility.StoredStream.StoredRecord;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what workers did with what is in the stream, and tells in words what was wrong:
 * <ul>
 *   <li>Each record is processed.
 *   <li>Whoever takes a shard begins at its last checkpoint, and goes on from there record by record; so a record is repeated only
 *       where another began behind it.
 *   <li>A checkpoint that was confirmed is never lost.
 *   <li>A child is begun only when its parents have ended.
 *   <li>What is processed for the first time is in the order of its key.
 * </ul>
 */
final class ConsumptionCheck {

    private static final String TRIM_HORIZON = "TRIM_HORIZON";
    private static final String SHARD_END = "SHARD_END";
    private static final int NAMED = 5;

    private final StoredStream stored;
    private final List<JournalLine> lines;
    private final List<String> faults = new ArrayList<>();

    private ConsumptionCheck(StoredStream stored, Collection<JournalLine> lines) {
        this.stored = stored;
        this.lines = inTime(lines);
    }

    /** By the clock, and what one worker wrote in the order in which it stands in its journal. */
    private static List<JournalLine> inTime(Collection<JournalLine> lines) {
        Map<String, Long> clocks = new HashMap<>();
        Map<JournalLine, Long> times = new IdentityHashMap<>();
        lines.forEach(line -> times.put(line, clocks.merge(line.worker(), line.nanoTime(), Math::max)));
        return lines.stream().sorted(Comparator.comparing(times::get)).toList();
    }

    /**
     * Nothing, if all is well.
     *
     * @param lines of all workers; those of each one in the order of its journal
     */
    static List<String> faults(StoredStream stored, Collection<JournalLine> lines) {
        ConsumptionCheck check = new ConsumptionCheck(stored, lines);
        check.everyRecordIsProcessed();
        check.eachTenureBeginsAtTheLastCheckpoint();
        check.eachTenureGoesOnRecordByRecord();
        check.childrenFollowTheirParents();
        check.keysKeepTheirOrder();
        return check.faults;
    }

    private void everyRecordIsProcessed() {
        Set<String> processed = new HashSet<>();
        lines(Event.RECORD).forEach(line -> processed.add(line.shardId() + " " + line.sequenceNumber()));
        List<StoredRecord> missing = stored.recordsOfShards().values().stream()
                .flatMap(List::stream)
                .filter(record -> !processed.contains(record.shardId() + " " + record.sequenceNumber()))
                .toList();
        if (!missing.isEmpty()) {
            faults.add(missing.size() + " records were never processed: " + some(missing));
        }
    }

    private void eachTenureBeginsAtTheLastCheckpoint() {
        Map<String, String> confirmed = new HashMap<>();
        Map<String, Set<String>> attempted = new HashMap<>();
        for (JournalLine line : lines) {
            String shard = line.shardId();
            switch (line.event()) {
                case CHECKPOINTING ->
                    attempted.computeIfAbsent(shard, id -> new HashSet<>()).add(line.checkpoint());
                case ENDING ->
                    attempted.computeIfAbsent(shard, id -> new HashSet<>()).add(SHARD_END);
                case CHECKPOINT -> confirmed.merge(shard, line.checkpoint(), ConsumptionCheck::later);
                case ENDED -> confirmed.put(shard, SHARD_END);
                case TAKEN -> {
                    String from = line.checkpoint();
                    String last = confirmed.getOrDefault(shard, TRIM_HORIZON);
                    if (!later(last, from).equals(from)) {
                        faults.add(
                                line.holder() + " began " + shard + " at " + from + ", before its checkpoint " + last);
                    } else if (!from.equals(last)
                            && !attempted.getOrDefault(shard, Set.of()).contains(from)) {
                        faults.add(
                                line.holder() + " began " + shard + " at " + from + ", which is no checkpoint of it");
                    }
                }
                default -> {}
            }
        }
    }

    private void eachTenureGoesOnRecordByRecord() {
        Map<String, Map<BigInteger, Integer>> places = new HashMap<>();
        stored.recordsOfShards().forEach((shard, records) -> {
            Map<BigInteger, Integer> ofShard = new HashMap<>();
            records.forEach(record -> ofShard.put(record.sequenceNumber(), ofShard.size()));
            places.put(shard, ofShard);
        });
        Map<String, Integer> next = new LinkedHashMap<>();
        for (JournalLine line : lines) {
            if (line.is(Event.TAKEN)) {
                next.put(line.holder(), firstAfter(line.shardId(), line.checkpoint()));
            } else if (line.is(Event.RECORD)) {
                Integer place = places.getOrDefault(line.shardId(), Map.of()).get(line.sequenceNumber());
                Integer expected = next.get(line.holder());
                if (expected == null) {
                    faults.add(line.holder() + " processed a record of " + line.shardId() + " before it began");
                } else if (place == null) {
                    faults.add(line.holder() + " processed what is not in " + line.shardId() + ": " + line.fields());
                } else {
                    compare(line, place, expected);
                    next.put(line.holder(), place + 1);
                }
            }
        }
    }

    private void compare(JournalLine line, int place, int expected) {
        List<StoredRecord> records = stored.recordsOfShards().getOrDefault(line.shardId(), List.of());
        StoredRecord record = records.get(place);
        if (!record.partitionKey().equals(line.partitionKey()) || record.number() != line.number()) {
            faults.add(line.holder() + " was given " + line.fields() + " for " + record);
        }
        if (place > expected) {
            faults.add(line.holder() + " left out " + (place - expected) + " records before " + record + ": "
                    + some(records.subList(expected, place)));
        } else if (place < expected) {
            faults.add(line.holder() + " went back by " + (expected - place) + " records, to " + record);
        }
    }

    private void childrenFollowTheirParents() {
        Map<String, Long> ends = new HashMap<>();
        lines(Event.ENDING).forEach(line -> ends.putIfAbsent(line.shardId(), line.nanoTime()));
        Set<String> begun = new HashSet<>();
        for (JournalLine line : lines(Event.TAKEN)) {
            if (begun.add(line.shardId())) {
                for (String parent : stored.parentsOfShards().getOrDefault(line.shardId(), List.of())) {
                    Long end = ends.get(parent);
                    if (end == null || end > line.nanoTime()) {
                        faults.add(
                                line.holder() + " began " + line.shardId() + " before the end of its parent " + parent);
                    }
                }
            }
        }
    }

    private void keysKeepTheirOrder() {
        Map<String, JournalLine> lastOfKeys = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (JournalLine line : lines(Event.RECORD)) {
            if (seen.add(line.shardId() + " " + line.sequenceNumber())) {
                JournalLine last = lastOfKeys.put(line.partitionKey(), line);
                if (last != null
                        && (last.number() > line.number()
                                || last.sequenceNumber().compareTo(line.sequenceNumber()) > 0)) {
                    faults.add(line.partitionKey() + ": number " + line.number() + " was processed by " + line.holder()
                            + " only after number " + last.number() + " by " + last.holder());
                }
            }
        }
    }

    private int firstAfter(String shard, String checkpoint) {
        List<StoredRecord> records = stored.recordsOfShards().getOrDefault(shard, List.of());
        if (checkpoint.equals(TRIM_HORIZON)) {
            return 0;
        }
        if (checkpoint.equals(SHARD_END)) {
            return records.size();
        }
        BigInteger number = new BigInteger(checkpoint);
        return (int) records.stream()
                .filter(record -> record.sequenceNumber().compareTo(number) <= 0)
                .count();
    }

    private List<JournalLine> lines(Event event) {
        return lines.stream().filter(line -> line.is(event)).toList();
    }

    private static String later(String one, String other) {
        if (one.equals(TRIM_HORIZON) || other.equals(SHARD_END)) {
            return other;
        }
        if (other.equals(TRIM_HORIZON) || one.equals(SHARD_END)) {
            return one;
        }
        return new BigInteger(one).compareTo(new BigInteger(other)) > 0 ? one : other;
    }

    private static String some(List<StoredRecord> records) {
        String first = String.join(
                ", ", records.stream().limit(NAMED).map(StoredRecord::toString).toList());
        return records.size() > NAMED ? first + ", …" : first;
    }
}
