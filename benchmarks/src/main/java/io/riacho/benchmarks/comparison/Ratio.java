package io.riacho.benchmarks.comparison;

import static io.riacho.benchmarks.comparison.Metric.ANALYTICS_MEMORY;
import static io.riacho.benchmarks.comparison.Metric.ANALYTICS_STREAM;
import static io.riacho.benchmarks.comparison.Metric.DRAIN_CBOR;
import static io.riacho.benchmarks.comparison.Metric.FAN_OUT;
import static io.riacho.benchmarks.comparison.Metric.POLL_P50;
import static io.riacho.benchmarks.comparison.Metric.PUSH_P50;
import static io.riacho.benchmarks.comparison.Metric.PUT_P50;
import static io.riacho.benchmarks.comparison.Metric.PUT_RECORD;
import static io.riacho.benchmarks.comparison.Metric.PUT_RECORDS_CBOR;
import static io.riacho.benchmarks.comparison.Metric.PUT_RECORDS_CBOR_4000;
import static io.riacho.benchmarks.comparison.Metric.PUT_RECORDS_CBOR_ENCRYPTED;
import static io.riacho.benchmarks.comparison.Metric.PUT_RECORDS_JSON;
import static io.riacho.benchmarks.comparison.Metric.PUT_RECORDS_JSON_4000;
import static io.riacho.benchmarks.comparison.Metric.READ_P50;
import static io.riacho.benchmarks.comparison.Metric.READ_P99;
import static io.riacho.benchmarks.comparison.TargetNames.KAFKA_FORCED;
import static io.riacho.benchmarks.comparison.TargetNames.KAFKA_UNFORCED;
import static io.riacho.benchmarks.comparison.TargetNames.RIACHO;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measurement over another, from the same rounds.
 *
 * @param goal what Riacho sets itself: at least this, or at most where less is better; null where it sets none
 */
record Ratio(
        Metric metric,
        String target,
        Metric baseMetric,
        String baseTarget,
        @Nullable Double goal) {

    static final List<Ratio> ALL = List.of(
            new Ratio(PUT_RECORDS_CBOR, RIACHO, PUT_RECORDS_CBOR, KAFKA_FORCED, 2.0),
            new Ratio(PUT_RECORDS_CBOR, RIACHO, PUT_RECORDS_CBOR, KAFKA_UNFORCED, 0.7),
            new Ratio(PUT_RECORDS_CBOR_ENCRYPTED, RIACHO, PUT_RECORDS_CBOR, RIACHO, 0.75),
            new Ratio(PUT_RECORDS_JSON, RIACHO, PUT_RECORDS_CBOR, KAFKA_FORCED, 1.5),
            new Ratio(PUT_RECORDS_JSON, RIACHO, PUT_RECORDS_CBOR, KAFKA_UNFORCED, null),
            new Ratio(PUT_RECORDS_CBOR_4000, RIACHO, PUT_RECORDS_CBOR, RIACHO, 0.8),
            new Ratio(PUT_RECORDS_JSON_4000, RIACHO, PUT_RECORDS_JSON, RIACHO, 0.8),
            new Ratio(PUT_RECORD, RIACHO, PUT_RECORD, KAFKA_FORCED, 4.0),
            new Ratio(PUT_RECORD, RIACHO, PUT_RECORD, KAFKA_UNFORCED, null),
            new Ratio(DRAIN_CBOR, RIACHO, DRAIN_CBOR, KAFKA_UNFORCED, 0.5),
            new Ratio(PUT_P50, RIACHO, PUT_P50, KAFKA_FORCED, null),
            new Ratio(PUT_P50, RIACHO, PUT_P50, KAFKA_UNFORCED, null),
            new Ratio(READ_P50, RIACHO, READ_P50, KAFKA_FORCED, 1.0),
            new Ratio(READ_P99, RIACHO, READ_P99, KAFKA_FORCED, 1.0),
            new Ratio(PUSH_P50, RIACHO, PUSH_P50, KAFKA_FORCED, null),
            new Ratio(PUSH_P50, RIACHO, POLL_P50, RIACHO, null),
            new Ratio(FAN_OUT, RIACHO, FAN_OUT, KAFKA_UNFORCED, null),
            new Ratio(ANALYTICS_STREAM, RIACHO, ANALYTICS_MEMORY, RIACHO, 0.6));

    boolean isMet(double value) {
        return goal == null || (metric.higherIsBetter() ? value >= goal : value <= goal);
    }
}
