package io.riacho.streams.shard;

import io.riacho.streams.traffic.ShardMeasure;
import io.riacho.streams.traffic.Tallies;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What a shard took and gave since the server started, and in detail since it is watched. Safe for use by many threads.
 */
public final class ShardTraffic {

    private final LongAdder incomingBytes = new LongAdder();
    private final LongAdder incomingRecords = new LongAdder();
    private final LongAdder throttledRecords = new LongAdder();
    private volatile @Nullable Tallies<ShardMeasure> watched;

    public void wrote(long bytes, long records) {
        incomingBytes.add(bytes);
        incomingRecords.add(records);
        Tallies<ShardMeasure> tallies = watched;
        if (tallies != null) {
            tallies.add(ShardMeasure.INCOMING_BYTES, bytes);
            tallies.add(ShardMeasure.INCOMING_RECORDS, records);
            tallies.add(ShardMeasure.WRITES_THROTTLED, 0);
        }
    }

    /** A record was not taken because the shard was too busy. */
    public void writeThrottled() {
        throttledRecords.increment();
        Tallies<ShardMeasure> tallies = watched;
        if (tallies != null) {
            tallies.add(ShardMeasure.WRITES_THROTTLED, 1);
        }
    }

    /** @param ageMillis how far the last record that was read lies behind */
    public void gave(long bytes, long records, long ageMillis) {
        Tallies<ShardMeasure> tallies = watched;
        if (tallies != null) {
            tallies.add(ShardMeasure.OUTGOING_BYTES, bytes);
            tallies.add(ShardMeasure.OUTGOING_RECORDS, records);
            tallies.add(ShardMeasure.ITERATOR_AGE, ageMillis);
            tallies.add(ShardMeasure.READS_THROTTLED, 0);
        }
    }

    public void readThrottled() {
        Tallies<ShardMeasure> tallies = watched;
        if (tallies != null) {
            tallies.add(ShardMeasure.READS_THROTTLED, 1);
        }
    }

    /** Counts in detail from now on, where that was not done before. Not to be called by several threads at once. */
    public Tallies<ShardMeasure> watch() {
        Tallies<ShardMeasure> known = watched;
        if (known == null) {
            known = new Tallies<>(ShardMeasure.class);
            watched = known;
        }
        return known;
    }

    /** Counts in detail no more. */
    public void unwatch() {
        watched = null;
    }

    public long incomingBytes() {
        return incomingBytes.sum();
    }

    public long incomingRecords() {
        return incomingRecords.sum();
    }

    /** Those that were not taken because the shard was too busy. */
    public long throttledRecords() {
        return throttledRecords.sum();
    }
}
