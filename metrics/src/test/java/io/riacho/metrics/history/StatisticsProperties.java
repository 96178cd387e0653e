package io.riacho.metrics.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class StatisticsProperties {

    @Property(tries = 500)
    void aFewValuesAreKnownExactly(
            @ForAll @Size(min = 1, max = Statistics.MAX_VALUES) List<@DoubleRange(min = -1e6, max = 1e6) Double> values,
            @ForAll @DoubleRange(min = 0, max = 100) double percent) {
        Statistics statistics = new Statistics();
        values.forEach(value -> statistics.add(Samples.of(value)));
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        int rank = Math.max(1, (int) Math.ceil(sorted.length * percent / 100));
        assertThat(statistics.percentile(percent).orElseThrow()).isEqualTo(sorted[rank - 1]);
        assertTotals(statistics, sorted);
    }

    /** What becomes one of two values lies between them, so that no percentile leaves the range of its neighbours by much. */
    @Property(tries = 200)
    void manyValuesAreKnownAboutAndWithinTheirRange(
            @ForAll @Size(min = 300, max = 600) List<@DoubleRange(min = 0, max = 1000) Double> values,
            @ForAll @IntRange(max = 100) int percent) {
        Statistics statistics = new Statistics();
        values.forEach(value -> statistics.add(Samples.of(value)));
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        double found = statistics.percentile(percent).orElseThrow();
        assertThat(found).isBetween(sorted[0], sorted[sorted.length - 1]);
        double below =
                Arrays.stream(sorted).filter(value -> value <= found + 40).count() * 100.0 / sorted.length;
        double above =
                Arrays.stream(sorted).filter(value -> value >= found - 40).count() * 100.0 / sorted.length;
        assertThat(below).isGreaterThanOrEqualTo(percent - 1);
        assertThat(above).isGreaterThanOrEqualTo(100 - percent - 1);
        assertThat(statistics.bytes()).isLessThanOrEqualTo(Statistics.BYTES + 16 * Statistics.MAX_VALUES);
        assertTotals(statistics, sorted);
    }

    @Property(tries = 300)
    void partsTogetherAreAsTheWhole(
            @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -100, max = 100) Double> first,
            @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -100, max = 100) Double> second) {
        Statistics whole = new Statistics();
        Statistics one = new Statistics();
        Statistics other = new Statistics();
        first.forEach(value -> {
            whole.add(Samples.of(value));
            one.add(Samples.of(value));
        });
        second.forEach(value -> {
            whole.add(Samples.of(value));
            other.add(Samples.of(value));
        });
        one.add(other);
        assertThat(one.count()).isEqualTo(whole.count());
        assertThat(one.sum()).isCloseTo(whole.sum(), within(1e-6));
        assertThat(one.minimum()).isEqualTo(whole.minimum());
        assertThat(one.maximum()).isEqualTo(whole.maximum());
        assertThat(one.percentile(90)).isEqualTo(whole.percentile(90));
    }

    private static void assertTotals(Statistics statistics, double[] sorted) {
        assertThat(statistics.count()).isEqualTo(sorted.length);
        assertThat(statistics.sum()).isCloseTo(Arrays.stream(sorted).sum(), within(1e-3));
        assertThat(statistics.minimum()).isEqualTo(sorted[0]);
        assertThat(statistics.maximum()).isEqualTo(sorted[sorted.length - 1]);
    }
}
