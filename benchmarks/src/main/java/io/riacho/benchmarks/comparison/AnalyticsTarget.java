package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.analytics.AnalyticsLoad;
import io.riacho.benchmarks.load.Latencies;
import java.io.IOException;
import java.util.Map;

/** Riacho's Analytics, with the Flink that Riacho has in its own process. */
final class AnalyticsTarget implements Target {

    static final String HOW_IT_IS_MEASURED =
            "JSON records of about 100 bytes, counted and averaged by ticker (100 of them) in tumbling windows of a second, by an"
                    + " application of the dialect with one input and one subtask. From a stream of 16 shards that was filled before, since polling takes at most 50,000 records/s of a shard; the"
                    + " same job from memory, by Analytics' own compiler and runtime in a process of its own that writes to the"
                    + " same server. Records per second are told by the windows' own counts, but for the first and the last; a round counts"
                    + " only if the counts together are exactly the records. Results: 20 records/s, one at a time, by the AWS SDK;"
                    + " from the window's end to the first GetRecords, one after another, that has the row (goal: p50 at most 200 ms)";

    private final AnalyticsLoad load;
    private final long records;

    /** @param records that are read in one run */
    AnalyticsTarget(AnalyticsLoad load, long records) {
        this.load = load;
        this.records = records;
    }

    @Override
    public String name() {
        return TargetNames.RIACHO;
    }

    @Override
    public boolean supports(Workload workload) {
        return workload.isAnalytics();
    }

    @Override
    public void prepare() {
        load.prepare();
    }

    @Override
    public Map<Metric, Double> run(Workload workload, Durations durations) throws IOException {
        return switch (workload) {
            case ANALYTICS_STREAM ->
                Map.of(Metric.ANALYTICS_STREAM, load.fromStream(records).perSecond());
            case ANALYTICS_MEMORY ->
                Map.of(Metric.ANALYTICS_MEMORY, load.fromMemory(records).perSecond());
            case ANALYTICS_RESULT -> result(durations);
            default -> throw new IllegalArgumentException(workload.title());
        };
    }

    private Map<Metric, Double> result(Durations durations) throws IOException {
        Latencies latencies = load.windowEndToResult(durations.warmUpAtTwenty(), durations.measuredAtTwenty());
        return Map.of(
                Metric.ANALYTICS_RESULT_P50, latencies.milliseconds(0.5),
                Metric.ANALYTICS_RESULT_P99, latencies.milliseconds(0.99));
    }

    @Override
    public void close() {
        load.close();
    }
}
