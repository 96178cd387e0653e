package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Jobs that count, and what they wrote. */
final class Jobs {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Jobs() {}

    static String newRun() {
        return "run-" + UUID.randomUUID();
    }

    static JobSpecification job(String run, List<String> statements, List<String> inserts) {
        return new JobSpecification(run, "tests", statements, inserts, Map.of(), Map.of(), 1, 200);
    }

    /** The numbers from 1 to {@code last}, so many a second; each is its own time, in milliseconds. */
    static String numbers(int last, int perSecond) {
        return "CREATE TEMPORARY TABLE numbers (id BIGINT, ts AS TO_TIMESTAMP_LTZ(id, 3), WATERMARK FOR ts AS ts) "
                + "WITH ('connector' = 'datagen', 'rows-per-second' = '" + perSecond + "', "
                + "'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '" + last + "')";
    }

    /** Numbers without end. */
    static String noise() {
        return "CREATE TEMPORARY TABLE numbers (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '1000')";
    }

    static String file(String name, String columns, Path folder) {
        return "CREATE TEMPORARY TABLE `" + name + "` (" + columns
                + ") WITH ('connector' = 'filesystem', 'format' = 'csv', "
                + "'path' = '" + folder.toUri() + "', 'sink.rolling-policy.rollover-interval' = '200 ms', "
                + "'sink.rolling-policy.check-interval' = '100 ms')";
    }

    /** Copies numbers, one by one. */
    static JobSpecification copy(String run, int last, int perSecond, Path out) {
        return job(
                run,
                List.of(numbers(last, perSecond), file("out", "id BIGINT", out)),
                List.of("INSERT INTO `out` SELECT id FROM numbers"));
    }

    /** Counts numbers in windows of a second, in which there are a thousand. */
    static JobSpecification windows(String run, int last, int perSecond, Path out) {
        return job(
                run,
                List.of(
                        numbers(last, perSecond),
                        file("out", "k BIGINT, start_at TIMESTAMP(3), n BIGINT, lowest BIGINT, highest BIGINT", out)),
                List.of("INSERT INTO `out` SELECT MOD(id, 7), window_start, COUNT(*), MIN(id), MAX(id) FROM "
                        + "TABLE(TUMBLE(TABLE numbers, DESCRIPTOR(ts), INTERVAL '1' SECOND)) "
                        + "GROUP BY MOD(id, 7), window_start, window_end"));
    }

    /** What {@link #windows} has to write, whatever happens while it does. */
    static List<String> expectedWindows(int last) {
        List<String> lines = new ArrayList<>();
        for (int start = 0; start <= last; start += 1000) {
            for (int k = 0; k < 7; k++) {
                int lowest = 0;
                int highest = 0;
                int n = 0;
                for (int id = Math.max(1, start); id < start + 1000 && id <= last; id++) {
                    if (id % 7 == k) {
                        lowest = n == 0 ? id : lowest;
                        highest = id;
                        n++;
                    }
                }
                if (n > 0) {
                    lines.add("%d,\"1970-01-01 00:00:%02d\",%d,%d,%d".formatted(k, start / 1000, n, lowest, highest));
                }
            }
        }
        return lines;
    }

    /** The committed lines in a folder. */
    static List<String> lines(Path folder) {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> !path.getFileName().toString().startsWith("."))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        } catch (NoSuchFileException e) {
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    static void await(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited for " + PATIENCE + ": " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
