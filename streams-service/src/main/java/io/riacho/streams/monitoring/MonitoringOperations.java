package io.riacho.streams.monitoring;

import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamLifecycle;
import io.riacho.streams.stream.StreamResolver;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kinesis.model.DisableEnhancedMonitoringRequest;
import software.amazon.awssdk.services.kinesis.model.DisableEnhancedMonitoringResponse;
import software.amazon.awssdk.services.kinesis.model.EnableEnhancedMonitoringRequest;
import software.amazon.awssdk.services.kinesis.model.EnableEnhancedMonitoringResponse;
import software.amazon.awssdk.services.kinesis.model.MetricsName;

/** EnableEnhancedMonitoring and DisableEnhancedMonitoring. */
public final class MonitoringOperations {

    private static final Set<String> ALL = MetricsName.knownValues().stream()
            .filter(metric -> metric != MetricsName.ALL)
            .map(MetricsName::toString)
            .collect(Collectors.toUnmodifiableSet());

    private final StreamResolver resolver;
    private final StreamLifecycle lifecycle;

    public MonitoringOperations(StreamResolver resolver, StreamLifecycle lifecycle) {
        this.resolver = resolver;
        this.lifecycle = lifecycle;
    }

    public EnableEnhancedMonitoringResponse enableEnhancedMonitoring(EnableEnhancedMonitoringRequest request) {
        Stream before = resolver.resolveActive(request.streamName(), request.streamARN(), request.streamId());
        Set<String> desired = new HashSet<>(before.shardLevelMetrics());
        desired.addAll(expanded(request.shardLevelMetricsAsStrings()));
        change(before, desired);
        return EnableEnhancedMonitoringResponse.builder()
                .streamName(before.name())
                .streamARN(before.arn())
                .currentShardLevelMetricsWithStrings(sorted(before.shardLevelMetrics()))
                .desiredShardLevelMetricsWithStrings(sorted(desired))
                .build();
    }

    public DisableEnhancedMonitoringResponse disableEnhancedMonitoring(DisableEnhancedMonitoringRequest request) {
        Stream before = resolver.resolveActive(request.streamName(), request.streamARN(), request.streamId());
        Set<String> desired = new HashSet<>(before.shardLevelMetrics());
        desired.removeAll(expanded(request.shardLevelMetricsAsStrings()));
        change(before, desired);
        return DisableEnhancedMonitoringResponse.builder()
                .streamName(before.name())
                .streamARN(before.arn())
                .currentShardLevelMetricsWithStrings(sorted(before.shardLevelMetrics()))
                .desiredShardLevelMetricsWithStrings(sorted(desired))
                .build();
    }

    private void change(Stream stream, Set<String> desired) {
        lifecycle.update(
                stream,
                now -> resolver.requireActive(now)
                        .changed()
                        .shardLevelMetrics(desired)
                        .done());
    }

    private static Set<String> expanded(Collection<String> metrics) {
        return metrics.contains(MetricsName.ALL.toString()) ? ALL : Set.copyOf(metrics);
    }

    private static List<String> sorted(Set<String> metrics) {
        return metrics.stream().sorted().toList();
    }
}
