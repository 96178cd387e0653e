package io.riacho.benchmarks.comparison;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Writes results as Markdown. */
final class Report {

    private final Results results;
    private final Options options;
    private final Machine machine;

    Report(Results results, Options options, Machine machine) {
        this.results = results;
        this.options = options;
        this.machine = machine;
    }

    String markdown(Instant now) {
        StringBuilder out = new StringBuilder("# Measured\n\n");
        out.append("`benchmarks/run").append(options.commandLine()).append("`, ");
        out.append(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(now));
        out.append(String.format(
                Locale.ROOT,
                ". %d cores (%s), %.0f GiB of memory, %s, JDK %s, %s. Load generator and servers share the machine.%n%n",
                machine.cores(),
                machine.processor(),
                machine.memoryGibibytes(),
                machine.kernel(),
                machine.jdk(),
                machine.fileSystem()));
        out.append("Medians of ")
                .append(options.rounds())
                .append(" interleaved rounds (lowest to highest), after one that does not count.\n\n");
        table(out);
        ratios(out);
        if (!results.failures().isEmpty()) {
            out.append("\n## Failed\n\n");
            results.failures()
                    .forEach(failure ->
                            out.append("- ").append(failure.replace('\n', ' ')).append('\n'));
        }
        if (!results.notes().isEmpty()) {
            out.append("\n## Notes\n\n");
            results.notes()
                    .forEach((topic, text) -> out.append("- ")
                            .append(topic)
                            .append(": ")
                            .append(text)
                            .append('\n'));
        }
        return out.toString();
    }

    private void table(StringBuilder out) {
        out.append("| |");
        results.targets().forEach(target -> out.append(' ').append(target).append(" |"));
        out.append("\n|---|").append("---:|".repeat(results.targets().size())).append('\n');
        for (Metric metric : results.metrics()) {
            out.append("| ")
                    .append(metric.title())
                    .append(", ")
                    .append(metric.unit())
                    .append(" |");
            for (String target : results.targets()) {
                out.append(' ')
                        .append(results.of(metric, target)
                                .map(statistics -> cell(metric, statistics))
                                .orElse("–"))
                        .append(" |");
            }
            out.append('\n');
        }
    }

    private static String cell(Metric metric, Statistics statistics) {
        String median = number(metric, statistics.median());
        return statistics.count() == 1
                ? median
                : median + " (" + number(metric, statistics.min()) + "–" + number(metric, statistics.max()) + ")";
    }

    private static String number(Metric metric, double value) {
        return String.format(Locale.ROOT, metric.decimals() == 0 ? "%,.0f" : "%." + metric.decimals() + "f", value);
    }

    private void ratios(StringBuilder out) {
        StringBuilder rows = new StringBuilder();
        for (Ratio ratio : Ratio.ALL) {
            Optional<Statistics> measured = results.ratio(ratio);
            if (measured.isPresent()) {
                row(rows, ratio, measured.get());
            }
        }
        if (!rows.isEmpty()) {
            out.append("\n## Ratios, round by round\n\n| | to | ratio | goal | |\n|---|---|---:|---:|---|\n")
                    .append(rows);
        }
    }

    private static void row(StringBuilder rows, Ratio ratio, Statistics measured) {
        String base =
                ratio.target().equals(ratio.baseTarget()) ? ratio.baseMetric().title() : ratio.baseTarget();
        rows.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.2f (%.2f–%.2f) | ",
                ratio.metric().title(),
                base,
                measured.median(),
                measured.min(),
                measured.max()));
        Double goal = ratio.goal();
        if (goal == null) {
            rows.append("– | |\n");
        } else {
            rows.append(ratio.metric().higherIsBetter() ? "≥ " : "≤ ")
                    .append(goal)
                    .append(ratio.isMet(measured.median()) ? " | met |\n" : " | missed |\n");
        }
    }
}
