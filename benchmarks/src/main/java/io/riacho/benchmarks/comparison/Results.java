package io.riacho.benchmarks.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Everything that was measured: by metric, target and round. Not thread-safe. */
final class Results {

    private final Map<Metric, Map<String, Map<Integer, Double>>> values = new TreeMap<>();
    private final Set<String> targets = new LinkedHashSet<>();
    private final Set<String> failures = new LinkedHashSet<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    void add(Metric metric, String target, int round, double value) {
        targets.add(target);
        values.computeIfAbsent(metric, any -> new LinkedHashMap<>())
                .computeIfAbsent(target, any -> new TreeMap<>())
                .put(round, value);
    }

    void addFailure(String target, String what, Throwable cause) {
        failures.add(target + ", " + what + ": " + cause);
    }

    void note(String topic, String text) {
        notes.put(topic, text);
    }

    Optional<Statistics> of(Metric metric, String target) {
        Map<Integer, Double> rounds = rounds(metric, target);
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Statistics.of(List.copyOf(rounds.values())));
    }

    /** One ratio for each round in which both were measured, so that what slows a whole round down cancels out. */
    Optional<Statistics> ratio(Ratio ratio) {
        Map<Integer, Double> above = rounds(ratio.metric(), ratio.target());
        Map<Integer, Double> below = rounds(ratio.baseMetric(), ratio.baseTarget());
        List<Double> ratios = new ArrayList<>();
        above.forEach((round, value) -> {
            Double base = below.get(round);
            if (base != null && base != 0) {
                ratios.add(value / base);
            }
        });
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Statistics.of(ratios));
    }

    Set<Metric> metrics() {
        return values.keySet();
    }

    /** Those that something was measured of, always in the same order. */
    List<String> targets() {
        return TargetNames.COLUMNS.stream().filter(targets::contains).toList();
    }

    Set<String> failures() {
        return failures;
    }

    Map<String, String> notes() {
        return notes;
    }

    private Map<Integer, Double> rounds(Metric metric, String target) {
        return values.getOrDefault(metric, Map.of()).getOrDefault(target, Map.of());
    }
}
