package io.riacho.analytics.job;

import java.util.Map;

/** @param values by the names of Managed Service for Apache Flink, such as {@code millisBehindLatest} */
public record JobMetrics(Map<String, Double> values) {

    public JobMetrics {
        values = Map.copyOf(values);
    }
}
