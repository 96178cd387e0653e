package io.riacho.analytics.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobSpecification;
import io.riacho.analytics.job.JobStatus.State;
import io.riacho.flink.function.Twice;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same jobs on a cluster of its own processes. */
class RemoteClusterTest {

    private static final int LAST = 30_000;

    @TempDir
    private Path folder;

    @Test
    void aJobRunsOnARemoteClusterAndIsRescaledThereAndMovedByItsSavepoint() throws Exception {
        Path out = folder.resolve("out");
        try (SessionCluster cluster = new SessionCluster(Files.createDirectories(folder.resolve("cluster")));
                FlinkJobRunner runner = FlinkJobRunner.create(
                        EmbeddedFlink.properties(cluster.url(), List.of(jar())), folder.resolve("data"))) {
            cluster.addTaskManager();
            Jobs.await("the cluster", () -> answers(runner));
            String job = runner.start(twice(Jobs.newRun(), 2000, out), null, false);
            Jobs.await("rows", () -> {
                assertThat(runner.status(job).failure()).isNull();
                return !Jobs.lines(out).isEmpty();
            });

            cluster.addTaskManager();
            runner.rescale(job, 2);

            Jobs.await("two subtasks", () -> parallelism(runner, job) == 2);
            Jobs.await("both run", () -> runner.status(job).state() == State.RUNNING);
            String savepoint = runner.stop(job);
            assertThat(Jobs.lines(out)).hasSizeLessThan(LAST);
            String onward = runner.start(twice(Jobs.newRun(), 1_000_000, out), savepoint, false);
            Jobs.await("the end", () -> runner.status(onward).state() == State.FINISHED);
        }
        assertThat(Jobs.lines(out))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, LAST)
                        .mapToObj(n -> Integer.toString(2 * n))
                        .toList());
    }

    private static JobSpecification twice(String run, int perSecond, Path out) {
        return Jobs.job(
                run,
                List.of(
                        "CREATE TEMPORARY FUNCTION twice AS '" + Twice.class.getName() + "'",
                        Jobs.numbers(LAST, perSecond),
                        Jobs.file("out", "id BIGINT", out)),
                List.of("INSERT INTO `out` SELECT twice(id) FROM numbers"));
    }

    private static boolean answers(FlinkJobRunner runner) {
        try {
            runner.status(JobStarter.id("none", 1).toHexString());
            return true;
        } catch (JobException e) {
            return false;
        }
    }

    private static int parallelism(FlinkJobRunner runner, String job) {
        return runner.metrics(job).values().getOrDefault("parallelism", 0.0).intValue();
    }

    private Path jar() throws Exception {
        Path jar = folder.resolve("functions.jar");
        String name = Twice.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in =
                        Objects.requireNonNull(Twice.class.getClassLoader().getResourceAsStream(name))) {
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }
}
