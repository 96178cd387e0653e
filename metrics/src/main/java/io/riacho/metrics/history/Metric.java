package io.riacho.metrics.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is measured. The dimensions are part of its identity, their order is not.
 *
 * @param dimensions in the order of their names
 */
public record Metric(String namespace, String name, List<Dimension> dimensions) implements Comparable<Metric> {

    private static final Comparator<Dimension> BY_NAME =
            Comparator.comparing(Dimension::name).thenComparing(Dimension::value);
    private static final Comparator<Metric> ORDER = Comparator.comparing(Metric::namespace)
            .thenComparing(Metric::name)
            .thenComparing(metric -> metric.dimensions.toString());

    public Metric {
        List<Dimension> sorted = new ArrayList<>(dimensions);
        sorted.sort(BY_NAME);
        dimensions = List.copyOf(sorted);
    }

    public static Metric of(String namespace, String name, Dimension... dimensions) {
        return new Metric(namespace, name, List.of(dimensions));
    }

    @Override
    public int compareTo(Metric other) {
        return ORDER.compare(this, other);
    }
}
