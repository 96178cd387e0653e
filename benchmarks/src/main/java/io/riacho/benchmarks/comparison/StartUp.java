package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.load.Pauses;
import io.riacho.benchmarks.peers.Server;
import java.io.IOException;
import java.nio.file.Path;

/** Measures how long servers take to start, and what they hold in memory when nothing was asked of them. */
final class StartUp {

    private static final int SETTLE_MILLISECONDS = 3_000;

    private final Results results;

    StartUp(Results results) {
        this.results = results;
    }

    /** Starts a server on a given data folder. */
    interface Launcher {
        Server launch(Path folder) throws IOException;
    }

    /** Once on an empty folder, then so many times on the same one. */
    void measure(String target, Launcher launcher, Path folder, int again) throws IOException {
        try (Server server = launcher.launch(folder)) {
            results.add(Metric.START_FRESH, target, 0, seconds(server));
        }
        for (int round = 0; round < again; round++) {
            try (Server server = launcher.launch(folder)) {
                results.add(Metric.START_AGAIN, target, round, seconds(server));
                Pauses.milliseconds(SETTLE_MILLISECONDS);
                results.add(Metric.RSS_IDLE, target, round, server.residentMebibytes());
            }
        }
    }

    private static double seconds(Server server) {
        return server.startedIn().toMillis() / 1000.0;
    }
}
