package io.riacho.streams.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Which partition keys most records have, of those that were put in the last ten to twenty seconds, in bounded memory. Keys
 * are counted as they come; where they are too many, the median of their counts is taken off all, and those with nothing
 * left are forgotten. So a key may have more records than its count says, by no more than what was taken off, and a key that
 * is not known has no more than that. Safe for use by many threads.
 *
 * @see <a href="https://doi.org/10.1016/0167-6423(82)90012-0">Misra and Gries, Finding repeated elements</a>
 * @see <a href="https://doi.org/10.1145/3131365.3131407">Anderson and others, A high-performance algorithm for identifying
 *     frequent items in data streams</a>
 */
public final class HotKeys {

    static final int MOST_KEYS = 512;

    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    /** How long it is worth counting for somebody who asked. */
    static final Duration KEPT = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private volatile long askedAt;
    private Window current;
    private Window before;

    /** @param nanoTime nanoseconds of any clock that never goes back */
    public HotKeys(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        askedAt = nanoTime.getAsLong();
        current = new Window(askedAt);
        before = current;
    }

    /**
     * A key with its records.
     *
     * @param records how many there were at least
     */
    public record Counted(String partitionKey, long records) {}

    /**
     * What was counted.
     *
     * @param since how long ago the first of it was
     * @param records all that there were
     * @param atMostMore how many more than its count a key may have
     * @param keys those with the most records first
     */
    public record Top(Duration since, long records, long atMostMore, List<Counted> keys) {}

    /**
     * Counts records, whether their shards take them or not.
     *
     * @return false where nobody has asked for half a minute, so that there need be no counting
     */
    public boolean add(int records, IntFunction<byte[]> partitionKey) {
        long now = nanoTime.getAsLong();
        if (now - askedAt > KEPT.toNanos()) {
            return false;
        }
        synchronized (this) {
            turn(now);
            for (int i = 0; i < records; i++) {
                current.add(partitionKey.apply(i));
            }
        }
        return true;
    }

    public synchronized Top top(int most) {
        long now = nanoTime.getAsLong();
        askedAt = now;
        turn(now);
        Map<ByteBuffer, Long> counts = new HashMap<>();
        long records = 0;
        long takenOff = 0;
        for (Window window : before == current ? List.of(current) : List.of(before, current)) {
            window.counts.forEach((key, count) -> counts.merge(key, count[0], Long::sum));
            records += window.records;
            takenOff += window.takenOff;
        }
        List<Counted> keys = new ArrayList<>();
        counts.forEach((key, count) ->
                keys.add(new Counted(UTF_8.decode(key.duplicate()).toString(), count)));
        keys.sort(Comparator.comparingLong(Counted::records).reversed());
        return new Top(
                Duration.ofNanos(now - before.begun),
                records,
                takenOff,
                List.copyOf(keys.subList(0, Math.min(most, keys.size()))));
    }

    private void turn(long now) {
        if (now - current.begun >= WINDOW_NANOS) {
            Window next = new Window(now);
            before = now - current.begun >= 2 * WINDOW_NANOS ? next : current;
            current = next;
        }
    }

    private static final class Window {

        private final long begun;
        private final Map<ByteBuffer, long[]> counts = new HashMap<>();
        private long records;
        private long takenOff;

        Window(long begun) {
            this.begun = begun;
        }

        void add(byte[] key) {
            records++;
            long[] count = counts.get(ByteBuffer.wrap(key));
            if (count != null) {
                count[0]++;
                return;
            }
            if (counts.size() == MOST_KEYS) {
                takeOffMedian();
            }
            counts.put(ByteBuffer.wrap(key.clone()), new long[] {1});
        }

        /** At least half of the keys go, so that this is done once for many new ones. */
        private void takeOffMedian() {
            long[] all = counts.values().stream().mapToLong(count -> count[0]).toArray();
            Arrays.sort(all);
            long median = all[all.length / 2];
            takenOff += median;
            counts.values().removeIf(count -> {
                count[0] -= median;
                return count[0] <= 0;
            });
        }
    }
}
