package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.NumberedWriter.Numbered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The same applications, on a session cluster of Flink that has processes of its own. One gets another parallelism while it counts; a
 * TaskManager on which both run is killed (SIGKILL), and another one comes.
 */
@EnabledIfSystemProperty(named = "riacho.slow", matches = "true")
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnalyticsRemoteClusterTest {

    private static final int CRASHES = 1;
    private static final Duration COUNTED = Duration.ofMinutes(2);

    private @Nullable FlinkCluster cluster;
    private @Nullable ServerProcess server;
    private WrittenRecords written;
    private Set<Numbered> acknowledged = Set.of();
    private List<WindowRow> byReading = List.of();
    private List<WindowRow> byArrival = List.of();

    @BeforeAll
    void rescaleAndKillATaskManager() {
        TestServer.assumeThatServersCanBeStarted();
        Path folder = Path.of("target", "servers", "analytics-remote-flink").toAbsolutePath();
        FlinkCluster flink = FlinkCluster.started(folder);
        cluster = flink;
        ClientProcess first = flink.addTaskManager();
        ServerProcess started = ServerProcess.started(
                "analytics-remote",
                "--riacho.streams.limits.enabled=false",
                "--riacho.analytics.flink.url=" + flink.url(),
                "--riacho.analytics.flink.jars=" + connectors(),
                "--riacho.analytics.flink.checkpoints="
                        + folder.resolve("state").toUri());
        server = started;
        try (TestStreams streams = new TestStreams(started.target());
                TestApplications applications = new TestApplications(started.target());
                KinesisClient client = JavaClients.urlConnection(started.target())) {
            String stream = streams.create(4);
            String outputByReading = streams.create(1);
            String outputByArrival = streams.create(1);
            GrowingStream ofDialect = new GrowingStream(client, outputByReading);
            GrowingStream ofFlink = new GrowingStream(client, outputByArrival);
            String dialect = applications.create(
                    TestApplications.windowsOfTheDialect("on another cluster"),
                    streams.arn(stream),
                    streams.arn(outputByReading));
            String rescaled = applications.createFlink(
                    TestApplications.windowsOfFlink(streams.arn(stream), streams.arn(outputByArrival), "'POLLING'"),
                    1,
                    1_000);
            try (KinesisClient impatient =
                            JavaClients.urlConnection(started.target().withoutRetries());
                    NumberedWriter writer = NumberedWriter.started(impatient, stream)) {
                applications.startFromTrimHorizon(dialect);
                applications.start(rescaled);
                applications.awaitRunning(dialect, rescaled);
                ofDialect.awaitMore();
                ofFlink.awaitMore();

                flink.addTaskManager();
                applications.updateParallelism(rescaled, 2);
                applications.awaitRunning(rescaled);
                Pause.until(
                        "it has two subtasks",
                        () -> Double.valueOf(2).equals(applications.metric(rescaled, "parallelism")));
                ofFlink.awaitMore();

                first.kill();
                flink.addTaskManager();
                ofFlink.awaitMore();
                ofDialect.awaitMore();
                acknowledged = writer.stop();
            }
            TestStreams.closeSeconds(client, stream);
            written = WrittenRecords.read(client, stream).without(TestStreams.CLOSING);
            byReading = ofDialect.awaitWindows(
                    COUNTED,
                    rows -> WindowCheck.faultsByReading(written, rows, CRASHES).isEmpty());
            byArrival = ofFlink.awaitWindows(
                    COUNTED, rows -> WindowCheck.faultsByArrival(written, rows).isEmpty());
        }
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void everyAcknowledgedRecordIsInTheStream() {
        assertThat(written.missing(acknowledged)).isEmpty();
    }

    @Test
    void anApplicationOfTheDialectCountsEveryRecordOnce() {
        assertThat(WindowCheck.faultsByReading(written, byReading, CRASHES)).isEmpty();
    }

    @Test
    void anApplicationThatIsRescaledHasEveryWindowRight() {
        assertThat(WindowCheck.faultsByArrival(written, byArrival)).isEmpty();
    }

    /** What the cluster has to load, as its users find it. */
    private static Path connectors() {
        try (Stream<Path> files = Files.list(Path.of("..", "analytics-flink", "target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-flink.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Build it: ./mvnw -pl standalone -am package"))
                    .toAbsolutePath()
                    .normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
