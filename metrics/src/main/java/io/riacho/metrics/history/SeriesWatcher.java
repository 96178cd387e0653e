package io.riacho.metrics.history;

/** Is told of metrics that are new, and of those that are forgotten. */
public interface SeriesWatcher {

    void added(MetricHistory.Key key, Series series);

    void removed(MetricHistory.Key key);
}
