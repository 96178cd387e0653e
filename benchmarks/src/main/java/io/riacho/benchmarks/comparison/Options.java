package io.riacho.benchmarks.comparison;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison is to do.
 *
 * @param only the targets and workloads to run, by the names of the command line; empty for all
 * @param riachoJvm options for Riacho's JVM; empty for its own
 */
record Options(
        int rounds,
        Durations durations,
        long fillRecords,
        List<String> only,
        boolean measuresStart,
        List<String> riachoJvm,
        Path repository,
        Path output,
        List<String> arguments) {

    private static final List<String> TARGETS = List.of("riacho", "kafka", "kinesalite", "kinesis-local");
    private static final String START = "start";

    static final String USAGE = """
            Usage: benchmarks/run [OPTION...]        compares Riacho with its peers
                   benchmarks/run load --url=URL ...  drives any Kinesis endpoint
                   benchmarks/run jmh [PATTERN]       runs the microbenchmarks

              --rounds=N         interleaved rounds that count (5)
              --warm-up=MS       of each load, before it is measured (800)
              --measured=MS      of each load (2200)
              --quick            1 round of 300 + 1000 ms, and no starts
              --only=NAME,...    targets: riacho kafka kinesalite kinesis-local; loads: put-records put-records-encrypted
                                 put-records-json put-records-4000 put-records-json-4000 put-maximum put-record
                                 drain drain-json put-latency read-latency subscribe-latency fan-out-20
                                 firehose-s3-gzip firehose-s3-parquet firehose-freshness
                                 analytics-stream analytics-memory analytics-result; and start (start-up time and idle memory).
                                 Targets, loads or both; what is not named is left out
              --riacho-jvm=OPT   for Riacho's JVM, instead of its own; may be repeated
              --output=FILE      where to write the table (benchmarks/RESULTS.md; not written with --only or --quick)
            """;

    static Options parse(String... arguments) {
        int rounds = 5;
        long warmUp = 800;
        long measured = 2_200;
        long fill = 400_000;
        List<String> only = List.of();
        List<String> riachoJvm = new ArrayList<>();
        Path repository = Path.of("").toAbsolutePath();
        @Nullable Path output = null;
        boolean partial = false;
        boolean quick = false;
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            switch (argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument) {
                case "--quick" -> {
                    rounds = 1;
                    quick = true;
                    warmUp = 300;
                    measured = 1_000;
                    fill = 100_000;
                    partial = true;
                }
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--warm-up" -> warmUp = Long.parseLong(value);
                case "--measured" -> measured = Long.parseLong(value);
                case "--only" -> {
                    only = names(value);
                    partial = true;
                }
                case "--riacho-jvm" -> riachoJvm.add(value);
                case "--repository" -> repository = Path.of(value).toAbsolutePath();
                case "--output" -> output = Path.of(value).toAbsolutePath();
                default -> throw new IllegalArgumentException("Unknown option " + argument + "\n\n" + USAGE);
            }
        }
        if (output == null) {
            output = repository.resolve(partial ? "benchmarks/target/results.md" : "benchmarks/RESULTS.md");
        }
        List<String> shown = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--repository="))
                .toList();
        return new Options(
                rounds,
                new Durations(Duration.ofMillis(warmUp), Duration.ofMillis(measured)),
                fill,
                only,
                only.isEmpty() ? !quick : only.contains(START),
                List.copyOf(riachoJvm),
                repository,
                output,
                shown);
    }

    private static List<String> names(String list) {
        List<String> names = Arrays.asList(list.split(",", -1));
        for (String name : names) {
            boolean workload = Arrays.stream(Workload.values()).anyMatch(any -> name.equals(any.title()));
            if (!workload && !TARGETS.contains(name) && !name.equals(START)) {
                throw new IllegalArgumentException("Neither a target nor a load: " + name + "\n\n" + USAGE);
            }
        }
        return names;
    }

    /** How many go through a delivery stream: three times as many as are read, so that the last buffer weighs little. */
    int deliveredRecords() {
        return Math.toIntExact(3 * fillRecords);
    }

    /** How many an application reads: enough for some seconds, whose windows tell how fast it was. */
    long analysedRecords() {
        return 10 * fillRecords;
    }

    boolean runsTarget(String target) {
        return TARGETS.stream().noneMatch(only::contains) || only.contains(target);
    }

    boolean runs(Workload workload) {
        boolean named = Arrays.stream(Workload.values()).anyMatch(any -> only.contains(any.title()));
        return named ? only.contains(workload.title()) : !only.contains(START);
    }

    boolean runsAnyWorkload() {
        return Arrays.stream(Workload.values()).anyMatch(this::runs);
    }

    String commandLine() {
        return arguments.isEmpty() ? "" : " " + String.join(" ", arguments);
    }
}
