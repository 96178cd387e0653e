package io.riacho.firehose.delivery;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.intent.Intent;
import io.riacho.firehose.intent.ShardIntents;
import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.firehose.record.SourceRecord;
import io.riacho.protocol.signature.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lanes of a shard, and which records go into which. Not safe for use by many threads. */
final class Lanes {

    private static final String BACKUP = "backup";
    private static final String DELIVERY = "delivery";
    private static final String FAILED = "failed/";
    private static final int HASH_BYTES = 16;

    private final LanePlan plan;
    private final ShardIntents former;
    private final Map<String, Intent> pending;
    private final ShardBuffers.LaneListener listener;
    private final Map<String, Lane> lanes = new HashMap<>();

    /** @param former what was begun in a former life; lanes of it are there from the start */
    Lanes(LanePlan plan, ShardIntents former, ShardBuffers.LaneListener listener) {
        this.plan = plan;
        this.former = former;
        this.pending = new HashMap<>(former.pending());
        this.listener = listener;
    }

    Collection<Lane> all() {
        return lanes.values();
    }

    void remove(Lane lane) {
        lanes.remove(lane.key(), lane);
    }

    /**
     * Puts what became of some records into their lanes.
     *
     * @param source the records as they were read, in their order
     * @param readTo up to which position the shard was read before
     * @return the last record's position; null where there is none
     */
    @Nullable
    BigInteger sort(List<SourceRecord> source, List<ProcessedRecord> processed, @Nullable BigInteger readTo, long now) {
        BufferHints backup = plan.backup();
        if (backup != null) {
            eachWithPredecessor(source, record -> record, readTo, (record, before) -> {
                Lane lane = lane(BACKUP, LaneKind.BACKUP, PartitionKeys.NONE, "", backup);
                put(lane, new LaneRecord(new DeliveryRecord(record, record.data()), null), before, now);
            });
        }
        return eachWithPredecessor(
                processed, ProcessedRecord::source, readTo, (record, before) -> put(record, before, now));
    }

    /** Says that no lane has a record that is not delivered up to that position, but those it has. */
    void readUpTo(BigInteger position) {
        lanes.values().forEach(lane -> lane.readUpTo(position));
        // What was begun in a former life and has no records any more, because another configuration sorts them
        // otherwise.
        List<Intent> passed = pending.values().stream()
                .filter(intent -> intent.last().compareTo(position) <= 0)
                .toList();
        for (Intent intent : passed) {
            pending.remove(intent.lane());
            listener.emptied(intent);
        }
    }

    private void put(ProcessedRecord record, @Nullable BigInteger before, long now) {
        switch (record) {
            case ProcessedRecord.Kept(DeliveryRecord kept, PartitionKeys keys) -> {
                String text = keys.text();
                String key = text.isEmpty() ? DELIVERY : DELIVERY + "/" + hash(text);
                put(lane(key, LaneKind.DELIVERY, keys, "", plan.delivery()), new LaneRecord(kept, null), before, now);
            }
            case ProcessedRecord.Failed failed -> {
                SourceRecord source = failed.source();
                put(
                        lane(
                                FAILED + failed.directory(),
                                LaneKind.FAILED,
                                PartitionKeys.NONE,
                                failed.directory(),
                                plan.failed()),
                        new LaneRecord(new DeliveryRecord(source, source.data()), failed),
                        before,
                        now);
            }
            case ProcessedRecord.Dropped _ -> {}
        }
    }

    private void put(Lane lane, LaneRecord record, @Nullable BigInteger before, long now) {
        if (lane.hasDelivered(record.record().source().position())) {
            listener.skipped(record.memory());
        } else {
            lane.add(record, before, now);
        }
    }

    private Lane lane(String key, LaneKind kind, PartitionKeys partition, String directory, BufferHints hints) {
        Lane known = lanes.get(key);
        if (known != null) {
            return known;
        }
        Lane made = new Lane(
                key,
                kind,
                partition,
                directory,
                hints,
                pending.remove(key),
                former.delivered().get(key));
        lanes.put(key, made);
        return made;
    }

    /** Whether something was begun in a former life of which not all is read again. */
    boolean isIncomplete() {
        return !pending.isEmpty() || lanes.values().stream().anyMatch(Lane::isIncomplete);
    }

    /** @return the last position; null where there are no records */
    private static <R> @Nullable BigInteger eachWithPredecessor(
            List<R> records, Function<R, SourceRecord> source, @Nullable BigInteger readTo, Placing<R> placing) {
        BigInteger before = readTo;
        BigInteger current = null;
        for (R record : records) {
            BigInteger position = source.apply(record).position();
            if (current != null && !position.equals(current)) {
                before = current;
            }
            current = position;
            placing.place(record, before);
        }
        return current;
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.hash(text.getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
    }

    @FunctionalInterface
    private interface Placing<R> {

        void place(R record, @Nullable BigInteger before);
    }
}
