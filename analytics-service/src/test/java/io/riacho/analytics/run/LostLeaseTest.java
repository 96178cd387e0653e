package io.riacho.analytics.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.AnalyticsServer;
import io.riacho.analytics.job.JobStatus;
import io.riacho.analytics.job.MemoryJobs;
import io.riacho.postgres.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process that was not heard of for longer than its leases, and does not know that it was. */
class LostLeaseTest {

    private final TestPostgres.Database database = TestPostgres.newDatabase();

    @Test
    void aProcessThatWasAwayForTooLongEndsItsJobOnceAnotherHasItsOwn() throws Exception {
        Process paused = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PausedService.class.getName(),
                        database.url(),
                        database.user(),
                        database.password(),
                        AnalyticsServer.newFolder().toString(),
                        "app")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader told =
                new BufferedReader(new InputStreamReader(paused.getInputStream(), StandardCharsets.UTF_8))) {
            await(told, "ENDPOINT");
            MemoryJobs jobs = new MemoryJobs();
            try (AnalyticsServer server = new AnalyticsServer(database, AnalyticsServer.newFolder(), jobs)) {
                // Whichever of them leads it at first, it is to be the one that is paused.
                server.bean(Engine.class).close();
                RecoveryTest.run(server, "app");
                await(told, "JOB RUNNING");
                signal("STOP", paused);
                try (AnalyticsServer successor = new AnalyticsServer(database, AnalyticsServer.newFolder(), jobs)) {
                    MemoryJobs.Job own = jobs.awaitRunning("app");
                    signal("CONT", paused);

                    await(told, "JOB CANCELED");

                    assertThat(jobs.status(own.id()).state()).isEqualTo(JobStatus.State.RUNNING);
                    assertThat(successor.status("app")).isEqualTo("RUNNING");
                    assertThat(jobs.of("app")).hasSize(1);
                }
            }
        } finally {
            paused.destroyForcibly().waitFor();
        }
    }

    private static void await(BufferedReader told, String what) throws IOException {
        Deque<String> said = new ArrayDeque<>();
        String line = told.readLine();
        while (line != null && !line.startsWith(what)) {
            said.add(line);
            if (said.size() > 100) {
                said.remove();
            }
            line = told.readLine();
        }
        assertThat(line).as("the process says %s, behind %s", what, said).isNotNull();
    }

    private static void signal(String signal, Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}
