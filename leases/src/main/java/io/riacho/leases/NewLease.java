package io.riacho.leases;

import java.util.List;

/**
 * A shard that nobody works on yet.
 *
 * @param parents shards of the same application that have to be ended before this one is begun; those that have no lease
 *     count as ended
 * @param checkpoint where to begin, such as {@code TRIM_HORIZON}
 */
public record NewLease(String shard, List<String> parents, String checkpoint) {

    public NewLease {
        parents = List.copyOf(parents);
    }
}
