package io.riacho.analytics.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it computes, and the next one that goes on. */
class KillTest {

    private static final int LAST = 30_000;
    private static final int ROUNDS = Integer.getInteger("riacho.kill.rounds", 2);

    @TempDir
    private Path folder;

    private final String run = Jobs.newRun();

    @Test
    void windowsAreExactHoweverOftenTheProcessIsKilled() throws Exception {
        Path out = folder.resolve("out");
        Path data = folder.resolve("data");
        RunFolders state = new RunFolders(new org.apache.flink.core.fs.Path(data.toUri()));
        for (int round = 0; round < ROUNDS; round++) {
            int seen = Jobs.lines(out).size();
            String before = state.newest(run).orElse("");
            Process process = start(data, 2000, out);
            try {
                Jobs.await("more windows and checkpoints", () -> {
                    assertThat(process.isAlive())
                            .describedAs("it runs until it is killed")
                            .isTrue();
                    return Jobs.lines(out).size() > seen
                            && !state.newest(run).orElse("").equals(before);
                });
            } finally {
                process.destroyForcibly().waitFor();
            }
        }

        Process last = start(data, 1_000_000, out);

        assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();
        assertThat(Jobs.lines(out)).containsExactlyInAnyOrderElementsOf(expected());
        assertThat(data.resolve("tmp").toFile().list()).hasSizeLessThanOrEqualTo(1);
    }

    private Process start(Path data, int perSecond, Path out) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledService.class.getName(),
                        data.toString(),
                        run,
                        Integer.toString(LAST),
                        Integer.toString(perSecond),
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Files.createDirectories(folder).resolve("log").toFile()))
                .start();
    }

    private static List<String> expected() {
        return Jobs.expectedWindows(LAST);
    }
}
