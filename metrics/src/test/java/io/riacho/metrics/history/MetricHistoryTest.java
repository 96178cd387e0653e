package io.riacho.metrics.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricHistoryTest {

    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
    private static final Metric METRIC = Metric.of("App", "Lag", new Dimension("Shard", "1"));
    private static final MetricHistory.Key KEY = new MetricHistory.Key(METRIC, "None");

    private final List<MetricHistory.Key> watched = new ArrayList<>();
    private Instant now = START;
    private MetricHistory history = history(64 << 20);

    @Test
    void minutesBecomeFiveMinutesAndThoseAreForgotten() {
        for (int minute = 0; minute < 10; minute++) {
            history.add(KEY, Samples.of(minute), now, false);
            now = now.plusSeconds(60);
        }
        assertThat(history.read(METRIC, null, START, now, 60)).hasSize(10);
        now = START.plus(Duration.ofHours(3)).plusSeconds(600);
        history.age();
        var fives = history.read(METRIC, null, START, now, 60);
        assertThat(fives.keySet())
                .containsExactly(START.getEpochSecond(), START.plusSeconds(300).getEpochSecond());
        assertThat(fives.values().stream().map(Statistics::sum)).containsExactly(10.0, 35.0);
        now = START.plus(Duration.ofHours(6)).plusSeconds(120);
        history.age();
        assertThat(history.read(METRIC, null, START, now, 300).keySet())
                .containsExactly(START.plusSeconds(300).getEpochSecond());
        now = now.plus(Duration.ofHours(1));
        history.age();
        assertThat(history.all()).isEmpty();
        assertThat(history.seriesCount()).isZero();
        assertThat(history.bytes()).isZero();
        assertThat(watched).isEmpty();
    }

    @Test
    void secondsAreForgottenBeforeMinutes() {
        history.add(KEY, Samples.of(1), now, true);
        assertThat(history.read(METRIC, null, START, START.plusSeconds(60), 1)).hasSize(1);
        now = now.plus(Duration.ofMinutes(31));
        history.age();
        assertThat(history.read(METRIC, null, START, START.plusSeconds(60), 1)).isEmpty();
        assertThat(history.read(METRIC, null, START, START.plusSeconds(60), 60)).hasSize(1);
    }

    @Test
    void whatComesLateGoesWhereItBelongs() {
        history.add(KEY, Samples.of(1), START.minus(Duration.ofHours(4)), false);
        history.add(KEY, Samples.of(1), START.minus(Duration.ofHours(7)), false);
        history.add(KEY, Samples.of(1), START.plus(Duration.ofHours(1)), false);
        assertThat(history.read(METRIC, null, START.minus(Duration.ofDays(1)), START.plus(Duration.ofDays(1)), 300))
                .hasSize(2);
    }

    @Test
    void periodsBeginWhereTheyAreAskedToBegin() {
        history.add(KEY, Samples.of(1), START.plusSeconds(120), false);
        history.add(KEY, Samples.of(2), START.plusSeconds(420), false);
        assertThat(history.read(METRIC, null, START.plusSeconds(60), START.plusSeconds(3600), 300)
                        .keySet())
                .containsExactly(
                        START.plusSeconds(60).getEpochSecond(),
                        START.plusSeconds(360).getEpochSecond());
        assertThat(history.read(METRIC, null, START, START.plusSeconds(420), 300))
                .hasSize(1);
    }

    @Test
    void theOldestIsLetGoWhereThereIsTooMuch() {
        history = history(400_000);
        for (int minute = 0; minute < 180; minute++) {
            for (int series = 0; series < 20; series++) {
                MetricHistory.Key key = new MetricHistory.Key(Metric.of("App", "m" + series), "None");
                history.add(key, Samples.of(series), now, false);
            }
            now = now.plusSeconds(60);
        }
        history.age();
        assertThat(history.bytes()).isLessThanOrEqualTo(400_000);
        assertThat(history.shortened()).isPositive();
        assertThat(history.seriesCount()).isEqualTo(20);
        var kept = history.read(Metric.of("App", "m7"), null, START, now, 60);
        assertThat(kept).hasSizeGreaterThan(60);
        assertThat(kept.lastKey()).isEqualTo(now.minusSeconds(60).getEpochSecond());
        assertThat(kept.firstKey()).isGreaterThan(START.getEpochSecond());
    }

    @Test
    void percentilesAreLetGoWhereTheNewestAloneIsTooMuch() {
        history = history(200_000);
        for (int series = 0; series < 100; series++) {
            MetricHistory.Key key = new MetricHistory.Key(Metric.of("App", "m" + series), "None");
            double[] values = IntStream.range(0, 150).asDoubleStream().toArray();
            double[] counts = IntStream.range(0, 150).mapToDouble(_ -> 1).toArray();
            history.add(key, Samples.of(values, counts), now, false);
        }
        history.age();
        assertThat(history.bytes()).isLessThanOrEqualTo(200_000);
        Statistics kept = history.read(Metric.of("App", "m7"), null, START, now.plusSeconds(1), 60)
                .firstEntry()
                .getValue();
        assertThat(kept.sum()).isEqualTo(149 * 150 / 2.0);
        assertThat(kept.percentile(50)).isEmpty();
    }

    @Test
    void theServersOwnMetricsHaveALimitOfTheirOwn() {
        for (int i = 0; i < 7; i++) {
            history.addOwn(new MetricHistory.Key(Metric.of("AWS/Kinesis", "m" + i), "None"), Samples.of(1), now);
        }
        history.addOwn(new MetricHistory.Key(Metric.of("AWS/Kinesis", "m0"), "None"), Samples.of(1), now);
        assertThat(history.all()).hasSize(5);
        assertThat(history.dropped()).isEqualTo(2);
        assertThat(history.seriesCount()).isZero();
        assertThat(history.hasRoomFor(IntStream.range(0, 100)
                        .mapToObj(i -> new MetricHistory.Key(Metric.of("App", "m" + i), "None"))
                        .toList()))
                .isTrue();
        history.remove(Metric.of("AWS/Kinesis", "m0"));
        history.addOwn(new MetricHistory.Key(Metric.of("AWS/Kinesis", "m6"), "None"), Samples.of(1), now);
        assertThat(history.all()).hasSize(5);
    }

    @Test
    void eachUnitCountsAsAMetric() {
        history.add(KEY, Samples.of(1), now, false);
        List<MetricHistory.Key> keys = IntStream.range(0, 100)
                .mapToObj(i -> new MetricHistory.Key(METRIC, "unit" + i))
                .toList();
        assertThat(history.hasRoomFor(keys)).isFalse();
        assertThat(history.hasRoomFor(keys.subList(0, 99))).isTrue();
    }

    private MetricHistory history(long bytes) {
        HistorySettings settings =
                new HistorySettings(Duration.ofMinutes(30), Duration.ofHours(3), Duration.ofHours(3), 100, 5, bytes);
        return new MetricHistory(settings, () -> now, new SeriesWatcher() {
            @Override
            public void added(MetricHistory.Key key, Series series) {
                watched.add(key);
            }

            @Override
            public void removed(MetricHistory.Key key) {
                watched.remove(key);
            }
        });
    }
}
