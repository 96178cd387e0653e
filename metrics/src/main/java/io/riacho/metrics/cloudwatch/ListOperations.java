package io.riacho.metrics.cloudwatch;

import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;

/** {@code ListMetrics}: those that the history knows, in the order of their names. */
public final class ListOperations {

    private static final int PAGE = 500;
    private static final Duration RECENT = Duration.ofHours(3);

    private final MetricHistory history;
    private final String accountId;
    private final InstantSource clock;

    public ListOperations(MetricHistory history, String accountId, InstantSource clock) {
        this.history = history;
        this.accountId = accountId;
        this.clock = clock;
    }

    public ListMetricsResponse listMetrics(ListMetricsRequest request) {
        if (Boolean.TRUE.equals(request.includeLinkedAccounts())) {
            throw CloudWatchErrors.invalid("This server has no linked accounts to include.");
        }
        if (request.owningAccount() != null && !request.owningAccount().equals(accountId)) {
            throw CloudWatchErrors.invalid(request.owningAccount(), "OwningAccount");
        }
        NavigableSet<Metric> metrics = history.all();
        if (request.nextToken() != null) {
            metrics = metrics.tailSet(PageTokens.metric(request.nextToken()), false);
        }
        Instant recent = clock.instant().minus(RECENT);
        List<Metric> page = new ArrayList<>();
        boolean more = false;
        for (Metric metric : metrics) {
            if (matches(metric, request)
                    && (request.recentlyActiveAsString() == null || history.isActiveSince(metric, recent))) {
                if (page.size() == PAGE) {
                    more = true;
                    break;
                }
                page.add(metric);
            }
        }
        return ListMetricsResponse.builder()
                .metrics(page.stream().map(ListOperations::described).toList())
                .nextToken(more ? PageTokens.of(page.getLast()) : null)
                .build();
    }

    private static boolean matches(Metric metric, ListMetricsRequest request) {
        return (request.namespace() == null || request.namespace().equals(metric.namespace()))
                && (request.metricName() == null || request.metricName().equals(metric.name()))
                && request.dimensions().stream().allMatch(filter -> has(metric, filter));
    }

    private static boolean has(Metric metric, DimensionFilter filter) {
        return metric.dimensions().stream()
                .anyMatch(dimension -> dimension.name().equals(filter.name())
                        && (filter.value() == null || dimension.value().equals(filter.value())));
    }

    private static software.amazon.awssdk.services.cloudwatch.model.Metric described(Metric metric) {
        return software.amazon.awssdk.services.cloudwatch.model.Metric.builder()
                .namespace(metric.namespace())
                .metricName(metric.name())
                .dimensions(metric.dimensions().stream()
                        .map(dimension -> Dimension.builder()
                                .name(dimension.name())
                                .value(dimension.value())
                                .build())
                        .toList())
                .build();
    }
}
