package io.riacho.metrics.cloudwatch;

import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.history.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;

/** {@code GetMetricStatistics}. */
public final class StatisticsOperations {

    private static final int MAX_DATAPOINTS = 1440;

    private final MetricHistory history;

    public StatisticsOperations(MetricHistory history) {
        this.history = history;
    }

    public GetMetricStatisticsResponse getMetricStatistics(GetMetricStatisticsRequest request) {
        int period = request.period();
        if (!Periods.isPossible(period)) {
            throw CloudWatchErrors.invalid(
                    "The parameter Period must be 1, 5, 10, 30 or a multiple of 60 up to 86400.");
        }
        if (!request.startTime().isBefore(request.endTime())) {
            throw CloudWatchErrors.invalid("The parameter StartTime must be less than the parameter EndTime.");
        }
        if (request.statistics().isEmpty() && request.extendedStatistics().isEmpty()) {
            throw CloudWatchErrors.combination("At least one of Statistics and ExtendedStatistics must be specified.");
        }
        List<Stat> percentiles = new ArrayList<>();
        for (String name : request.extendedStatistics()) {
            percentiles.add(
                    Stat.percentile(name).orElseThrow(() -> CloudWatchErrors.invalid(name, "ExtendedStatistics")));
        }
        Instant start = Periods.start(request.startTime(), period);
        long requested = Math.ceilDiv(Duration.between(start, request.endTime()).toSeconds(), period);
        if (requested > MAX_DATAPOINTS) {
            throw CloudWatchErrors.combination("You have requested up to " + requested
                    + " datapoints, which exceeds the limit of " + MAX_DATAPOINTS
                    + ". You may reduce the datapoints requested by increasing Period, or decreasing the time range.");
        }
        Metric metric = new Metric(
                request.namespace(),
                request.metricName(),
                request.dimensions().stream()
                        .map(dimension -> new Dimension(dimension.name(), dimension.value()))
                        .toList());
        Set<String> units = request.unitAsString() == null ? history.unitsOf(metric) : Set.of(request.unitAsString());
        List<Datapoint> datapoints = new ArrayList<>();
        for (String unit : units) {
            history.read(metric, unit, start, request.endTime(), period)
                    .forEach((time, statistics) -> datapoints.add(
                            datapoint(time, statistics, unit, request.statisticsAsStrings(), percentiles)));
        }
        return GetMetricStatisticsResponse.builder()
                .label(request.metricName())
                .datapoints(datapoints)
                .build();
    }

    private static Datapoint datapoint(
            long time, Statistics statistics, String unit, List<String> wanted, List<Stat> percentiles) {
        Datapoint.Builder datapoint =
                Datapoint.builder().timestamp(Instant.ofEpochSecond(time)).unit(unit);
        for (String name : wanted) {
            switch (name) {
                case "SampleCount" -> datapoint.sampleCount(statistics.count());
                case "Average" -> datapoint.average(statistics.average());
                case "Sum" -> datapoint.sum(statistics.sum());
                case "Minimum" -> datapoint.minimum(statistics.minimum());
                case "Maximum" -> datapoint.maximum(statistics.maximum());
                default -> throw CloudWatchErrors.invalid(name, "Statistics");
            }
        }
        Map<String, Double> extended = new HashMap<>();
        for (Stat percentile : percentiles) {
            OptionalDouble value = percentile.of().apply(statistics);
            value.ifPresent(known -> extended.put(percentile.name(), known));
        }
        return extended.isEmpty()
                ? datapoint.build()
                : datapoint.extendedStatistics(extended).build();
    }
}
