package io.riacho.metrics.cloudwatch;

import io.riacho.metrics.history.Statistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statistic by its name: the five plain ones, and percentiles from {@code p0.0} to {@code p100}. */
record Stat(String name, Function<Statistics, OptionalDouble> of) {

    private static final Map<String, Function<Statistics, OptionalDouble>> PLAIN = Map.of(
            "SampleCount", statistics -> OptionalDouble.of(statistics.count()),
            "Sum", statistics -> OptionalDouble.of(statistics.sum()),
            "Average", statistics -> OptionalDouble.of(statistics.average()),
            "Minimum", statistics -> OptionalDouble.of(statistics.minimum()),
            "Maximum", statistics -> OptionalDouble.of(statistics.maximum()));

    private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,3}(?:\\.\\d{1,10})?)");

    /** Empty where this server knows no such statistic. */
    static Optional<Stat> find(String name) {
        Function<Statistics, OptionalDouble> plain = PLAIN.get(name);
        return plain == null ? percentile(name) : Optional.of(new Stat(name, plain));
    }

    static Optional<Stat> percentile(String name) {
        Matcher percentile = PERCENTILE.matcher(name);
        if (!percentile.matches()) {
            return Optional.empty();
        }
        double percent = Double.parseDouble(percentile.group(1));
        return percent > 100
                ? Optional.empty()
                : Optional.of(new Stat(name, statistics -> statistics.percentile(percent)));
    }
}
