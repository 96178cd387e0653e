package io.riacho.benchmarks.comparison;

import static io.riacho.benchmarks.comparison.Metric.PUT_RECORDS_CBOR;
import static io.riacho.benchmarks.comparison.Metric.READ_P50;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final Ratio PUTS = new Ratio(PUT_RECORDS_CBOR, "a", PUT_RECORDS_CBOR, "b", 2.0);

    private final Results results = new Results();

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Statistics.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Statistics(3, 1, 9, 4));
    }

    @Test
    void aRatioIsTakenRoundByRound() {
        add("a", 1, 100);
        add("a", 2, 400);
        add("a", 3, 90);
        add("b", 1, 50);
        add("b", 2, 100);
        add("b", 3, 30);

        assertThat(results.ratio(PUTS)).hasValue(new Statistics(3, 2, 4, 3));
    }

    @Test
    void aRoundThatOneOfThemMissedDoesNotCount() {
        add("a", 1, 100);
        add("a", 2, 100);
        add("b", 2, 50);

        assertThat(results.ratio(PUTS)).hasValue(new Statistics(2, 2, 2, 1));
    }

    @Test
    void nothingMeasuredIsNoRatio() {
        add("a", 1, 100);

        assertThat(results.ratio(PUTS)).isEmpty();
    }

    @Test
    void moreIsBetterForThroughputAndLessForLatency() {
        Ratio latency = new Ratio(READ_P50, "a", READ_P50, "b", 1.0);

        assertThat(Metric.FIREHOSE_GZIP_BYTES.higherIsBetter()).isTrue();
        assertThat(PUTS.isMet(2.0)).isTrue();
        assertThat(PUTS.isMet(1.9)).isFalse();
        assertThat(latency.isMet(0.9)).isTrue();
        assertThat(latency.isMet(1.1)).isFalse();
    }

    private void add(String target, int round, double value) {
        results.add(PUT_RECORDS_CBOR, target, round, value);
    }
}
