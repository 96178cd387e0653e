package io.riacho.streams.rest;

import io.riacho.streams.stream.Stream;
import io.riacho.streams.traffic.HotKeys;
import io.riacho.streams.traffic.StreamTraffic;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Whose partition keys are counted: of streams that somebody asked about in the last half minute, and of no more than 64.
 * Putting records to all others costs nothing more. Safe for use by many threads.
 */
final class WatchedKeys {

    static final int MOST_STREAMS = 64;

    private static final long KEPT_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoTime;
    /** In the order in which they were asked for. */
    private final LinkedHashMap<Long, Watch> watches = new LinkedHashMap<>();

    WatchedKeys(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Watch(StreamTraffic traffic, HotKeys keys, long askedAt) {}

    synchronized HotKeys of(Stream stream) {
        long now = nanoTime.getAsLong();
        Watch known = watches.remove(stream.id());
        HotKeys keys = known == null || now - known.askedAt > KEPT_NANOS ? new HotKeys(nanoTime) : known.keys;
        forget(now);
        watches.put(stream.id(), new Watch(stream.traffic(), keys, now));
        stream.traffic().countKeysIn(keys);
        return keys;
    }

    /** Ends what nobody has asked for lately. To be called now and then. */
    synchronized void forget() {
        forget(nanoTime.getAsLong());
    }

    private void forget(long now) {
        Iterator<Map.Entry<Long, Watch>> oldest = watches.entrySet().iterator();
        while (oldest.hasNext()) {
            Watch watch = oldest.next().getValue();
            if (now - watch.askedAt <= KEPT_NANOS && watches.size() < MOST_STREAMS) {
                return;
            }
            watch.traffic.countKeysIn(null);
            oldest.remove();
        }
    }
}
