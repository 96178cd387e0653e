package io.riacho.streams.rest;

import io.riacho.streams.stream.Stream;
import io.riacho.streams.traffic.HotKeys;
import io.riacho.streams.traffic.StreamTraffic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Whose partition keys are counted: of the streams that were asked about last, 16 at most, each until nobody has asked for
 * half a minute. Putting records to all others costs nothing more. Safe for use by many threads.
 */
final class WatchedKeys {

    static final int MOST_STREAMS = 16;

    private final LongSupplier nanoTime;
    /** In the order in which they were asked for, by the streams' ids. */
    private final LinkedHashMap<Long, StreamTraffic> watched = new LinkedHashMap<>();

    WatchedKeys(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized HotKeys of(Stream stream) {
        StreamTraffic traffic = stream.traffic();
        watched.putLast(stream.id(), traffic);
        if (watched.size() > MOST_STREAMS) {
            Map.Entry<Long, StreamTraffic> oldest = watched.pollFirstEntry();
            if (oldest != null) {
                oldest.getValue().countKeysIn(null);
            }
        }
        HotKeys known = traffic.hotKeys();
        if (known != null) {
            return known;
        }
        HotKeys keys = new HotKeys(nanoTime);
        traffic.countKeysIn(keys);
        return keys;
    }
}
