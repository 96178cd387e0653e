package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobSpecification;
import io.riacho.analytics.job.JobStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.util.unit.DataSize;

/**
 * Measures one state backend: rows a second, memory of the process, and how long checkpoints take, of a job with little state (tumbling
 * windows) and of one with much (sliding windows over many keys). To be run by hand, each backend in a process of its own:
 *
 * <pre>java -Xmx2g -XX:+UseParallelGC -cp CLASSPATH io.riacho.analytics.runtime.StateBackendMeasurement rocksdb ROWS KEYS</pre>
 */
final class StateBackendMeasurement {

    private StateBackendMeasurement() {}

    /** @param arguments rocksdb or hashmap, rows, keys of the sliding windows */
    public static void main(String[] arguments) throws Exception {
        String backend = arguments[0];
        int rows = Integer.parseInt(arguments[1]);
        int keys = Integer.parseInt(arguments[2]);
        Path folder = Files.createTempDirectory("riacho-state-");
        FlinkJobRunner runner = FlinkJobRunner.create(properties(backend), folder);
        run(runner, "warm-up", windows("TUMBLE", "INTERVAL '10' SECOND", rows / 10, 1000));
        for (int round = 0; round < 2; round++) {
            run(runner, backend + " tumbling", windows("TUMBLE", "INTERVAL '10' SECOND", rows, 1000));
            run(runner, backend + " sliding", windows("HOP", "INTERVAL '10' SECOND, INTERVAL '10' MINUTE", rows, keys));
            run(runner, backend + " over", over(rows / 4, keys));
        }
        runner.close();
        TemporaryFiles.remove(folder);
        System.exit(0);
    }

    private static FlinkProperties properties(String backend) {
        return new FlinkProperties(
                null,
                List.of(),
                null,
                16,
                2,
                DataSize.ofMegabytes(256),
                DataSize.ofMegabytes(64),
                backend,
                DataSize.ofMegabytes(256),
                DataSize.ofGigabytes(10),
                Set.of("datagen", "blackhole"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }

    /** A row is a millisecond. */
    private static List<String> tables(int rows) {
        return List.of(
                Jobs.numbers(rows, 10_000_000),
                "CREATE TEMPORARY TABLE nowhere (k BIGINT, n BIGINT, s BIGINT) WITH ('connector' = 'blackhole')");
    }

    private static JobSpecification windows(String kind, String sizes, int rows, int keys) {
        return Jobs.job(
                Jobs.newRun(),
                tables(rows),
                List.of("INSERT INTO nowhere SELECT MOD(id * 7919, " + keys + "), COUNT(*), SUM(id) FROM TABLE(" + kind
                        + "(TABLE numbers, DESCRIPTOR(ts), " + sizes + ")) GROUP BY MOD(id * 7919, " + keys
                        + "), window_start, window_end"));
    }

    /** All rows of the last ten minutes are kept. */
    private static JobSpecification over(int rows, int keys) {
        return Jobs.job(
                Jobs.newRun(),
                tables(rows),
                List.of("INSERT INTO nowhere SELECT k, COUNT(*) OVER w, SUM(id) OVER w FROM (SELECT MOD(id * 7919, "
                        + keys + ") AS k, id, ts FROM numbers) WINDOW w AS (PARTITION BY k ORDER BY ts "
                        + "RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW)"));
    }

    private static void run(FlinkJobRunner runner, String name, JobSpecification job) throws Exception {
        long begin = System.nanoTime();
        String id = runner.start(job, null, false);
        double checkpoint = 0;
        double size = 0;
        double checkpoints = 0;
        long memory = 0;
        State state = State.STARTING;
        while (state != State.FINISHED && state != State.FAILED && state != State.EXHAUSTED) {
            Thread.sleep(200);
            state = runner.status(id).state();
            var values = runner.metrics(id).values();
            checkpoint = Math.max(checkpoint, values.getOrDefault("lastCheckpointDuration", 0.0));
            size = Math.max(size, values.getOrDefault("lastCheckpointFullSize", 0.0));
            checkpoints = Math.max(checkpoints, values.getOrDefault("numberOfCompletedCheckpoints", 0.0));
            memory = Math.max(memory, residentMegabytes());
        }
        System.gc();
        System.out.printf(
                "%-18s %s %.1f s, memory of the process %d MB, %d checkpoints of up to %d ms and %d MB%n",
                name,
                state,
                (System.nanoTime() - begin) / 1e9,
                memory,
                (int) checkpoints,
                (long) checkpoint,
                (long) size >> 20);
        runner.delete(job.run());
    }

    private static long residentMegabytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }
}
