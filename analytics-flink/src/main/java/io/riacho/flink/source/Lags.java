package io.riacho.flink.source;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far behind their streams the shards of a reader are: what the stream told with the last answer, and how long its
 * records wait to be given out. Safe for use by many threads.
 */
final class Lags {

    private final Map<String, Lag> byShard = new ConcurrentHashMap<>();

    /**
     * @param behind milliseconds
     * @param waiting whether the answer has records
     */
    void received(String shardId, long behind, boolean waiting) {
        byShard.put(shardId, new Lag(behind, waiting ? System.currentTimeMillis() : Long.MAX_VALUE));
    }

    void emitted(String shardId) {
        byShard.computeIfPresent(shardId, (id, lag) -> new Lag(lag.behind, Long.MAX_VALUE));
    }

    void forget(String shardId) {
        byShard.remove(shardId);
    }

    /** Milliseconds, of the shard that is furthest behind; 0 where there is none. */
    long furthest() {
        long now = System.currentTimeMillis();
        return byShard.values().stream()
                .mapToLong(lag -> lag.behind + Math.max(now - lag.waitingSince, 0))
                .max()
                .orElse(0);
    }

    private record Lag(long behind, long waitingSince) {}
}
