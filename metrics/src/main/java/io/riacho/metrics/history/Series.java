package io.riacho.metrics.history;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/** The values of one metric in one unit, by second, by minute and by five minutes. Safe for use by many threads. */
public final class Series {

    private static final int SECOND = 1;
    private static final int MINUTE = 60;
    private static final int FIVE_MINUTES = 300;

    private final NavigableMap<Long, Statistics> seconds = new TreeMap<>();
    private final NavigableMap<Long, Statistics> minutes = new TreeMap<>();
    private final NavigableMap<Long, Statistics> fiveMinutes = new TreeMap<>();
    private final HistorySettings settings;
    private double totalCount;
    private double totalSum;
    private long lastAdded;
    private long bytes;

    Series(HistorySettings settings) {
        this.settings = settings;
    }

    /** How many values there were, since it exists. */
    public synchronized double totalCount() {
        return totalCount;
    }

    /** Their sum. */
    public synchronized double totalSum() {
        return totalSum;
    }

    /** The largest value of the last minute that has one; {@code NaN} where all are forgotten. */
    public synchronized double lastMaximum() {
        return minutes.isEmpty() ? Double.NaN : minutes.lastEntry().getValue().maximum();
    }

    /** The largest value of the last minute that has one; {@code NaN} where that began before. */
    public synchronized double lastMaximum(Instant earliest) {
        return minutes.isEmpty() || minutes.lastKey() < earliest.getEpochSecond()
                ? Double.NaN
                : minutes.lastEntry().getValue().maximum();
    }

    /**
     * @param time when they were measured, in seconds since 1970
     * @param now the same
     */
    synchronized void add(Samples samples, long time, boolean highResolution, long now) {
        totalCount += samples.count();
        totalSum += samples.sum();
        lastAdded = Math.max(lastAdded, now);
        if (highResolution && time > now - settings.seconds().toSeconds()) {
            add(seconds, time, SECOND, samples);
        }
        long minutesFrom = now - settings.minutes().toSeconds();
        if (time > minutesFrom) {
            add(minutes, time, MINUTE, samples);
        } else if (time > minutesFrom - settings.fiveMinutes().toSeconds()) {
            add(fiveMinutes, time, FIVE_MINUTES, samples);
        }
    }

    /**
     * Gives out what lies between, in its order.
     *
     * @param from in seconds since 1970
     * @param to the same; not included
     * @param period in seconds; below a minute, only values of high resolution count
     */
    synchronized void read(long from, long to, int period, ObjLongConsumer<Statistics> reader) {
        if (period < MINUTE) {
            seconds.subMap(from, to).forEach((time, statistics) -> reader.accept(statistics, time));
        } else {
            fiveMinutes.subMap(from, to).forEach((time, statistics) -> reader.accept(statistics, time));
            minutes.subMap(from, to).forEach((time, statistics) -> reader.accept(statistics, time));
        }
    }

    /** When something was added last, in seconds since 1970. */
    synchronized long lastAdded() {
        return lastAdded;
    }

    /** Lets go of what is too old, and makes five minutes out of minutes. */
    synchronized void age(long now) {
        forget(seconds, now - settings.seconds().toSeconds());
        long minutesFrom = now - settings.minutes().toSeconds();
        while (!minutes.isEmpty() && minutes.firstKey() <= minutesFrom) {
            var oldest = minutes.pollFirstEntry();
            bytes -= oldest.getValue().bytes();
            long start = Math.floorDiv(oldest.getKey(), FIVE_MINUTES) * FIVE_MINUTES;
            Statistics five = fiveMinutes.get(start);
            if (five == null) {
                five = new Statistics();
                fiveMinutes.put(start, five);
            } else {
                bytes -= five.bytes();
            }
            five.add(oldest.getValue());
            bytes += five.bytes();
        }
        forget(fiveMinutes, minutesFrom - settings.fiveMinutes().toSeconds());
    }

    /** Lets go of all that is older. */
    synchronized void forgetBefore(long time) {
        forget(seconds, time - 1);
        forget(minutes, time - 1);
        forget(fiveMinutes, time - 1);
    }

    /** Keeps no more than what is needed for statistics other than percentiles. */
    synchronized void forgetValues() {
        for (NavigableMap<Long, Statistics> map : java.util.List.of(seconds, minutes, fiveMinutes)) {
            map.values().forEach(statistics -> {
                bytes -= statistics.bytes();
                statistics.forgetValues();
                bytes += statistics.bytes();
            });
        }
    }

    /** What its values take in memory, about. */
    synchronized long bytes() {
        return bytes;
    }

    private void add(NavigableMap<Long, Statistics> to, long time, int length, Samples samples) {
        long start = Math.floorDiv(time, length) * length;
        Statistics statistics = to.get(start);
        if (statistics == null) {
            statistics = new Statistics();
            to.put(start, statistics);
        } else {
            bytes -= statistics.bytes();
        }
        statistics.add(samples);
        bytes += statistics.bytes();
    }

    private void forget(NavigableMap<Long, Statistics> map, long upTo) {
        while (!map.isEmpty() && map.firstKey() <= upTo) {
            bytes -= map.pollFirstEntry().getValue().bytes();
        }
    }
}
