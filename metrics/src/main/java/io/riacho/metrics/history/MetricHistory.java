package io.riacho.metrics.history;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The values of all metrics over the last hours, in memory: a restart forgets them. Safe for use by many threads.
 *
 * <p>A metric costs about 1.6 KB with its meters. Its values cost 160 bytes for each minute that has any, to which 32 to
 * 2,048 bytes come where the values themselves are known; at most {@link HistorySettings#maxBytes} for all. Where more
 * comes, the oldest values are let go until nine tenths are left; where the newest alone are too many, percentiles are.
 */
public final class MetricHistory {

    private static final long STEP = 300;
    private static final int REST_TENTHS = 9;
    private static final String OWN = "AWS/";

    private final HistorySettings settings;
    private final InstantSource clock;
    private final SeriesWatcher watcher;
    private final ConcurrentHashMap<Metric, Map<String, Series>> metrics = new ConcurrentHashMap<>();
    private final AtomicInteger seriesCount = new AtomicInteger();
    private final AtomicInteger ownCount = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong addedBytes = new AtomicLong();
    private final AtomicLong shortened = new AtomicLong();

    public MetricHistory(HistorySettings settings, InstantSource clock, SeriesWatcher watcher) {
        this.settings = settings;
        this.clock = clock;
        this.watcher = watcher;
    }

    /**
     * Whether all of them can be added without there being more metrics than are allowed. Two that ask at once may both be
     * told so, and go beyond the limit by what one request holds.
     */
    public boolean hasRoomFor(Collection<Key> keys) {
        Set<Key> unknown = new HashSet<>();
        for (Key key : keys) {
            Map<String, Series> known = metrics.get(key.metric);
            if (known == null || !known.containsKey(key.unit)) {
                unknown.add(key);
            }
        }
        return unknown.isEmpty() || seriesCount.get() + unknown.size() <= settings.maxSeries();
    }

    /**
     * Adds what the server measured itself, in a namespace that begins with {@code AWS/}. Where that makes a metric too
     * many, it is not kept, and {@link #dropped} counts it.
     */
    public void addOwn(Key key, Samples samples, Instant time) {
        Map<String, Series> known = metrics.get(key.metric);
        boolean isNew = known == null || !known.containsKey(key.unit);
        if (isNew && ownCount.get() >= settings.maxOwnSeries()) {
            dropped.incrementAndGet();
        } else {
            add(key, samples, time, false);
        }
    }

    /** Adds what was measured at some time; what is older than the history counts for totals only. */
    public void add(Key key, Samples samples, Instant time, boolean highResolution) {
        long now = clock.instant().getEpochSecond();
        metrics.compute(key.metric, (metric, known) -> {
            Map<String, Series> byUnit = known == null ? new ConcurrentHashMap<>(2) : known;
            Series series = byUnit.get(key.unit);
            if (series == null) {
                series = new Series(settings);
                byUnit.put(key.unit, series);
                countOf(key).incrementAndGet();
                watcher.added(key, series);
            }
            series.add(samples, time.getEpochSecond(), highResolution, now);
            return byUnit;
        });
        // Counted roughly here, and exactly where it may be too much.
        if (addedBytes.addAndGet(Statistics.BYTES) > settings.maxBytes() / 10) {
            keepWithinBounds(now);
        }
    }

    /**
     * The statistics of one metric by periods that have values.
     *
     * @param unit null for all units together
     * @param from where the first period begins
     * @param to not included
     * @param period in seconds
     * @return by the beginning of the period, in seconds since 1970
     */
    public NavigableMap<Long, Statistics> read(
            Metric metric, @Nullable String unit, Instant from, Instant to, int period) {
        NavigableMap<Long, Statistics> periods = new TreeMap<>();
        long start = from.getEpochSecond();
        units(metric).forEach((each, series) -> {
            if (unit == null || unit.equals(each)) {
                series.read(
                        start,
                        to.getEpochSecond(),
                        period,
                        (statistics, time) -> periods.computeIfAbsent(
                                        start + Math.floorDiv(time - start, period) * period, _ -> new Statistics())
                                .add(statistics));
            }
        });
        return periods;
    }

    /** The units in which there are values of the metric. */
    public NavigableSet<String> unitsOf(Metric metric) {
        return new TreeSet<>(units(metric).keySet());
    }

    /** All metrics, in their order. */
    public NavigableSet<Metric> all() {
        return new TreeSet<>(metrics.keySet());
    }

    /** Whether something was added to the metric since then. */
    public boolean isActiveSince(Metric metric, Instant time) {
        return units(metric).values().stream().anyMatch(series -> series.lastAdded() >= time.getEpochSecond());
    }

    /** Forgets metrics at once, as those of a stream that is no more. */
    public void remove(Metric metric) {
        metrics.computeIfPresent(metric, (key, series) -> {
            removed(key, series);
            return null;
        });
    }

    /** How often something of the server's own was not kept, because there are too many metrics. */
    public long dropped() {
        return dropped.get();
    }

    /** How many metrics were put, where each unit of one counts. */
    public int seriesCount() {
        return seriesCount.get();
    }

    /** What all values take in memory, about. */
    public long bytes() {
        return metrics.values().stream()
                .flatMap(byUnit -> byUnit.values().stream())
                .mapToLong(Series::bytes)
                .sum();
    }

    /** How often the history was made shorter because it took too much memory. */
    public long shortened() {
        return shortened.get();
    }

    /** Lets go of what is too old. To be called about once a minute. */
    public void age() {
        long now = clock.instant().getEpochSecond();
        long forgotten = now - settings.minutes().plus(settings.fiveMinutes()).toSeconds();
        for (Metric metric : metrics.keySet()) {
            metrics.computeIfPresent(metric, (key, byUnit) -> {
                byUnit.values().forEach(series -> series.age(now));
                byUnit.entrySet().removeIf(entry -> {
                    boolean old = entry.getValue().lastAdded() <= forgotten;
                    if (old) {
                        removed(new Key(key, entry.getKey()));
                    }
                    return old;
                });
                return byUnit.isEmpty() ? null : byUnit;
            });
        }
        keepWithinBounds(now);
    }

    private Map<String, Series> units(Metric metric) {
        return metrics.getOrDefault(metric, Map.of());
    }

    private void removed(Metric metric, Map<String, Series> byUnit) {
        byUnit.keySet().forEach(unit -> removed(new Key(metric, unit)));
    }

    private void removed(Key key) {
        countOf(key).decrementAndGet();
        watcher.removed(key);
    }

    private AtomicInteger countOf(Key key) {
        return key.metric.namespace().startsWith(OWN) ? ownCount : seriesCount;
    }

    private synchronized void keepWithinBounds(long now) {
        addedBytes.set(0);
        if (bytes() <= settings.maxBytes()) {
            return;
        }
        shortened.incrementAndGet();
        long enough = settings.maxBytes() / 10 * REST_TENTHS;
        long oldest = now - settings.minutes().plus(settings.fiveMinutes()).toSeconds();
        for (long before = oldest; before <= now - STEP && bytes() > enough; before += STEP) {
            long bound = before;
            forEach(series -> series.forgetBefore(bound));
        }
        if (bytes() > enough) {
            forEach(Series::forgetValues);
        }
    }

    private void forEach(java.util.function.Consumer<Series> action) {
        metrics.values().forEach(byUnit -> byUnit.values().forEach(action));
    }

    /**
     * A metric in one unit.
     *
     * @param unit one of CloudWatch's, such as {@code Bytes} and {@code None}
     */
    public record Key(Metric metric, String unit) {}
}
