package io.riacho.streams.ondemand;

import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * When the shards of an on-demand stream split and merge. AWS publishes that a stream takes twice the peak of its last
 * 30 days and that shards above 500 KB/s are split; the numbers here follow from that, at 1 MiB/s a shard:
 *
 * <ul>
 *   <li>a shard that takes more than half of what it can, in bytes or in records, is split in the middle;
 *   <li>a stream has never fewer shards than twice its peak needs, nor fewer than 4, nor than its warm throughput;
 *   <li>beyond that, two neighbours that together take less than a quarter of what one can are merged.
 * </ul>
 *
 * So a merged shard is far from being split again.
 */
final class OnDemandRules {

    static final int LEAST_SHARDS = 4;
    private static final double SHARD_BYTES_PER_SECOND = 1 << 20;
    private static final double SHARD_RECORDS_PER_SECOND = 1000;
    private static final double SPLIT_ABOVE = 0.5;
    private static final double MERGE_BELOW = 0.25;

    private OnDemandRules() {}

    /** What a shard took, on average over the time since it was last looked at. */
    record Load(double bytesPerSecond, double recordsPerSecond) {

        static final Load NONE = new Load(0, 0);

        Load plus(Load other) {
            return new Load(bytesPerSecond + other.bytesPerSecond, recordsPerSecond + other.recordsPerSecond);
        }

        /** How much of one shard's throughput it is. */
        double utilisation() {
            return Math.max(bytesPerSecond / SHARD_BYTES_PER_SECOND, recordsPerSecond / SHARD_RECORDS_PER_SECOND);
        }
    }

    /** How many shards a stream keeps, whatever it takes now. */
    static int leastShards(double peakBytesPerSecond, int warmThroughputMiBps) {
        int forPeak = (int) Math.ceil(2 * peakBytesPerSecond / SHARD_BYTES_PER_SECOND);
        return Math.max(LEAST_SHARDS, Math.max(forPeak, warmThroughputMiBps));
    }

    /**
     * @param open the open shards in the order of their hash keys
     * @param loads by shard index; a shard without one is left alone
     */
    static List<Reshape> changes(List<Shard> open, Map<Integer, Load> loads, int leastShards) {
        List<Reshape> changes = new ArrayList<>();
        int count = open.size();
        int next = 0;
        while (next < open.size()) {
            Shard shard = open.get(next);
            Load load = loads.get(shard.index());
            Shard neighbour = next + 1 < open.size() ? open.get(next + 1) : null;
            Load neighbourLoad = neighbour == null ? null : loads.get(neighbour.index());
            if (load != null
                    && load.utilisation() > SPLIT_ABOVE
                    && shard.range().isSplittable()) {
                changes.add(new Reshape.Split(shard.index(), shard.range().middle()));
                count++;
                next++;
            } else if (load != null
                    && neighbour != null
                    && neighbourLoad != null
                    && count > leastShards
                    && load.plus(neighbourLoad).utilisation() < MERGE_BELOW) {
                changes.add(new Reshape.Merge(shard.index(), neighbour.index()));
                count--;
                next += 2;
            } else {
                next++;
            }
        }
        return changes;
    }
}
