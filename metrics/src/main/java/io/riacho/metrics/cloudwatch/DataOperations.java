package io.riacho.metrics.cloudwatch;

import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.history.Statistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** {@code GetMetricData}, for queries that name a metric: expressions (metric math, SQL) are refused. */
public final class DataOperations {

    private static final int MAX_QUERIES = 500;
    private static final int MAX_DATAPOINTS = 100_800;
    private static final String ID = "[a-z][a-zA-Z0-9_]*";

    private final MetricHistory history;
    private final String accountId;

    public DataOperations(MetricHistory history, String accountId) {
        this.history = history;
        this.accountId = accountId;
    }

    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
        check(request);
        int skipped = request.nextToken() == null ? 0 : PageTokens.position(request.nextToken());
        int max = request.maxDatapoints() == null ? MAX_DATAPOINTS : request.maxDatapoints();
        boolean ascending = request.scanBy() == ScanBy.TIMESTAMP_ASCENDING;
        List<MetricDataResult> results = new ArrayList<>();
        int position = 0;
        int given = 0;
        boolean more = false;
        for (MetricDataQuery query : request.metricDataQueries()) {
            if (Boolean.FALSE.equals(query.returnData())) {
                continue;
            }
            List<Instant> times = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            boolean partial = false;
            for (Map.Entry<Instant, Double> point : points(query.metricStat(), request, ascending)) {
                if (position++ < skipped) {
                    continue;
                }
                if (given == max) {
                    more = true;
                    partial = true;
                    break;
                }
                times.add(point.getKey());
                values.add(point.getValue());
                given++;
            }
            results.add(MetricDataResult.builder()
                    .id(query.id())
                    .label(query.label() == null ? query.metricStat().metric().metricName() : query.label())
                    .timestamps(times)
                    .values(values)
                    .statusCode(partial ? "PartialData" : "Complete")
                    .build());
            if (more) {
                break;
            }
        }
        return GetMetricDataResponse.builder()
                .metricDataResults(results)
                .nextToken(more ? PageTokens.of(skipped + given) : null)
                .messages(List.of())
                .build();
    }

    private List<Map.Entry<Instant, Double>> points(MetricStat query, GetMetricDataRequest request, boolean ascending) {
        Stat stat = Stat.find(query.stat()).orElseThrow();
        int period = query.period();
        NavigableMap<Long, Statistics> periods = history.read(
                metric(query),
                query.unitAsString(),
                Periods.floor(request.startTime(), period),
                request.endTime(),
                period);
        List<Map.Entry<Instant, Double>> points = new ArrayList<>();
        (ascending ? periods : periods.descendingMap()).forEach((time, statistics) -> {
            OptionalDouble value = stat.of().apply(statistics);
            value.ifPresent(known -> points.add(Map.entry(Instant.ofEpochSecond(time), known)));
        });
        return points;
    }

    private static Metric metric(MetricStat query) {
        return new Metric(
                query.metric().namespace(),
                query.metric().metricName(),
                query.metric().dimensions().stream()
                        .map(dimension -> new Dimension(dimension.name(), dimension.value()))
                        .toList());
    }

    private void check(GetMetricDataRequest request) {
        if (!request.startTime().isBefore(request.endTime())) {
            throw CloudWatchErrors.validation("The parameter StartTime must be less than the parameter EndTime.");
        }
        if (request.maxDatapoints() != null
                && (request.maxDatapoints() < 1 || request.maxDatapoints() > MAX_DATAPOINTS)) {
            throw CloudWatchErrors.validation("MaxDatapoints must be between 1 and " + MAX_DATAPOINTS + ".");
        }
        if (request.labelOptions() != null) {
            throw CloudWatchErrors.validation("This server does not support LabelOptions.");
        }
        if (request.metricDataQueries().isEmpty() || request.metricDataQueries().size() > MAX_QUERIES) {
            throw CloudWatchErrors.validation("MetricDataQueries must have between 1 and " + MAX_QUERIES + " members.");
        }
        Set<String> ids = new HashSet<>();
        boolean returns = false;
        for (MetricDataQuery query : request.metricDataQueries()) {
            if (!ids.add(query.id())) {
                throw CloudWatchErrors.validation("The id '" + query.id() + "' is used more than once.");
            }
            check(query);
            returns |= !Boolean.FALSE.equals(query.returnData());
        }
        if (!returns) {
            throw CloudWatchErrors.validation("At least one of the queries must have ReturnData set to true.");
        }
    }

    private void check(MetricDataQuery query) {
        String of = " (query '" + query.id() + "')";
        if (!query.id().matches(ID)) {
            throw CloudWatchErrors.validation("An id must begin with a lower-case letter and consist of letters, digits"
                    + " and underscores" + of + ".");
        }
        if (query.expression() != null) {
            throw CloudWatchErrors.validation("This server does not evaluate expressions: neither metric math nor SQL"
                    + of + ". Query the metrics by MetricStat.");
        }
        MetricStat stat = query.metricStat();
        if (stat == null) {
            throw CloudWatchErrors.validation("A query must have a MetricStat" + of + ".");
        }
        if (query.period() != null) {
            throw CloudWatchErrors.validation("The period of a metric belongs into its MetricStat" + of + ".");
        }
        if (query.accountId() != null && !query.accountId().equals(accountId)) {
            throw CloudWatchErrors.validation("This server has metrics of account " + accountId + " only" + of + ".");
        }
        if (query.label() != null && query.label().contains("${")) {
            throw CloudWatchErrors.validation("This server does not support dynamic labels" + of + ".");
        }
        if (stat.metric().namespace() == null || stat.metric().metricName() == null) {
            throw CloudWatchErrors.validation("A metric must have a Namespace and a MetricName" + of + ".");
        }
        if (!Periods.isPossible(stat.period())) {
            throw CloudWatchErrors.validation("Period must be 1, 5, 10, 30 or a multiple of 60 up to 86400" + of + ".");
        }
        if (Stat.find(stat.stat()).isEmpty()) {
            throw CloudWatchErrors.validation("Stat must be SampleCount, Sum, Average, Minimum, Maximum or a percentile"
                    + " such as p99.9" + of + "; this server knows no others.");
        }
    }
}
