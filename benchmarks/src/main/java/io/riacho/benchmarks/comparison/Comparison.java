package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.peers.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Runs every load on every target, one at a time, round after round, so that what the machine does otherwise meets all of
 * them alike.
 */
public final class Comparison {

    private static final PrintStream PROGRESS = System.err;

    private final Options options;
    private final Results results = new Results();

    private Comparison(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            PROGRESS.println(e.getMessage());
            System.exit(2);
            return;
        }
        new Comparison(options).run();
    }

    private void run() throws Exception {
        Path data = Files.createTempDirectory("riacho-benchmarks-");
        // Also where the run fails or is interrupted, nothing stays behind.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            Server.closeAll();
            Folders.delete(data);
        }));
        Servers servers = new Servers(options, results, data, PROGRESS);
        if (options.measuresStart()) {
            servers.measureStarts();
        }
        if (options.runsAnyWorkload()) {
            try (servers) {
                loads(servers.start());
                servers.measureLoadedMemory();
            }
        }
        String report = new Report(results, options, Machine.here(data)).markdown(Instant.now());
        Files.createDirectories(options.output().toAbsolutePath().getParent());
        Files.writeString(options.output(), report);
        System.out.println(report);
        PROGRESS.println("Written to " + options.output());
    }

    private void loads(List<Target> started) throws InterruptedException {
        List<Target> targets = new ArrayList<>();
        for (Target target : started) {
            if (Arrays.stream(Workload.values()).noneMatch(load -> options.runs(load) && target.supports(load))) {
                continue;
            }
            try {
                target.prepare();
                targets.add(target);
            } catch (Exception e) {
                failed(target, "preparation", e);
            }
        }
        for (int round = 0; round <= options.rounds(); round++) {
            for (Workload workload : Workload.values()) {
                if (options.runs(workload)) {
                    for (Target target : targets) {
                        if (target.supports(workload)) {
                            load(target, workload, round);
                        }
                    }
                }
            }
            // Nobody is always the one that comes after the heaviest writer.
            Collections.rotate(targets, 1);
        }
    }

    private void load(Target target, Workload workload, int round) throws InterruptedException {
        try {
            settle();
            Map<Metric, Double> measured =
                    target.run(workload, round == 0 ? options.durations().halved() : options.durations());
            PROGRESS.printf("round %d  %-22s %-16s %s%n", round, workload.title(), target.name(), measured);
            if (round > 0) {
                measured.forEach((metric, value) -> results.add(metric, target.name(), round, value));
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed(target, workload.title(), e);
        }
    }

    /** What an earlier load left to be written would otherwise be written on the next one's time. */
    private static void settle() throws IOException, InterruptedException {
        new ProcessBuilder("sync").start().waitFor();
    }

    private void failed(Target target, String what, Exception cause) {
        Throwable root = cause;
        for (Throwable next = cause; next != null; next = next.getCause()) {
            root = next;
        }
        PROGRESS.println(target.name() + ", " + what + ": " + root);
        results.addFailure(target.name(), what, root);
    }
}
