package io.riacho.metrics.cloudwatch;

import io.riacho.metrics.history.MetricHistory;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;

/** {@code PutMetricData}: all of a request is taken, or nothing. */
public final class PutOperations {

    private final MetricHistory history;
    private final int maxSeries;
    private final InstantSource clock;

    public PutOperations(MetricHistory history, int maxSeries, InstantSource clock) {
        this.history = history;
        this.maxSeries = maxSeries;
        this.clock = clock;
    }

    public void putMetricData(PutMetricDataRequest request) {
        List<Datums.Datum> datums = Datums.of(request, clock.instant());
        Set<MetricHistory.Key> keys = new HashSet<>();
        datums.forEach(datum -> keys.add(datum.key()));
        if (!history.hasRoomFor(keys)) {
            throw CloudWatchErrors.tooManyMetrics(maxSeries);
        }
        for (Datums.Datum datum : datums) {
            history.add(datum.key(), datum.samples(), datum.time(), datum.highResolution());
        }
    }
}
