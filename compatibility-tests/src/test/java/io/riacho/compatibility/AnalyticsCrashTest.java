package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.NumberedWriter.Numbered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;

/**
 * The server is killed (SIGKILL) at random moments while applications count a stream's records in windows of a second, by turns alone
 * and with its database, and started again. At the time of each kill two applications run, and a third is being started, a fourth
 * stopped and a fifth updated. Nobody tells them to go on. The tests look at what all of them have counted in the end.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
final class AnalyticsCrashTest {

    private static final int ROUNDS = Boolean.getBoolean("riacho.slow") ? 10 : 1;
    private static final int SHARDS = 4;
    private static final int MOST_MILLIS_OF_A_CHANGE = 2_000;
    private static final int CHECKPOINT_MILLIS = 1_000;
    private static final Duration COUNTED = Duration.ofMinutes(3);

    private final Random random = new Random();
    private final List<List<WindowRow>> windows = new ArrayList<>();
    private WrittenRecords written;
    private Set<Numbered> acknowledged = Set.of();
    private @Nullable ServerProcess server;

    /** An application, and what it has written. */
    private record Counting(String name, GrowingStream output) {}

    @BeforeAll
    void killWhileApplicationsCountAndRestart() {
        TestServer.assumeThatServersCanBeStarted();
        ServerProcess started = ServerProcess.started("analytics-crash", "--riacho.streams.limits.enabled=false");
        server = started;
        Instant begin = Instant.now();
        try (TestStreams streams = new TestStreams(started.target());
                TestApplications applications = new TestApplications(started.target());
                KinesisClient reader = JavaClients.urlConnection(started.target());
                KinesisClient impatient =
                        JavaClients.urlConnection(started.target().withoutRetries())) {
            String stream = streams.create(SHARDS);
            Applications all = new Applications(applications, streams, reader, streams.arn(stream));
            try (NumberedWriter writer = NumberedWriter.started(impatient, stream)) {
                all.begin();
                for (int round = 0; round < ROUNDS; round++) {
                    all.round(round, started);
                }
                all.finish();
                acknowledged = writer.stop();
            }
            TestStreams.closeSeconds(reader, stream);
            written = WrittenRecords.read(reader, stream).without(TestStreams.CLOSING);
            all.awaitCounted();
            System.out.printf(
                    "%d kills within %s; %d records, of which %d were acknowledged, in %s windows%n",
                    ROUNDS,
                    Duration.between(begin, Instant.now()),
                    written.count(),
                    acknowledged.size(),
                    windows.stream().map(List::size).toList());
        }
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void everyAcknowledgedRecordIsInTheStream() {
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * 1_000);
        assertThat(written.missing(acknowledged)).isEmpty();
    }

    @Test
    void anApplicationOfTheDialectThatRunsCountsEveryRecordOnce() {
        assertThat(faultsByReading(0)).isEmpty();
    }

    @Test
    void anApplicationOfFlinkThatRunsHasEveryWindowRight() {
        assertThat(WindowCheck.faultsByArrival(written, windows.get(1))).isEmpty();
    }

    @Test
    void itGoesOnFromItsCheckpointAndNotFromTheBeginning() {
        List<WindowRow> rows = windows.get(1);
        assertThat(rows).filteredOn(row -> row.equals(rows.getFirst())).hasSize(1);
    }

    @Test
    void anApplicationThatIsBeingStartedCountsEveryRecordOnce() {
        assertThat(faultsByReading(2)).isEmpty();
    }

    @Test
    void anApplicationThatIsBeingStoppedHasEveryWindowRight() {
        assertThat(WindowCheck.faultsByArrival(written, windows.get(3))).isEmpty();
    }

    @Test
    void anApplicationThatIsBeingUpdatedCountsEveryRecordOnce() {
        assertThat(faultsByReading(4)).isEmpty();
    }

    private List<String> faultsByReading(int application) {
        return WindowCheck.faultsByReading(written, windows.get(application), ROUNDS);
    }

    /** The applications, and what is done to them. */
    private final class Applications {

        private final TestApplications applications;
        private final Counting runs;
        private final Counting runsOnFlink;
        private final Counting starts;
        private final Counting stops;
        private final Counting changes;

        Applications(TestApplications applications, TestStreams streams, KinesisClient reader, String input) {
            this.applications = applications;
            Supplier<String> output = () -> streams.create(1);
            runs = dialect(output.get(), streams, reader, input);
            runsOnFlink = flink(output.get(), streams, reader, input);
            starts = dialect(output.get(), streams, reader, input);
            stops = flink(output.get(), streams, reader, input);
            changes = dialect(output.get(), streams, reader, input);
        }

        void begin() {
            applications.startFromTrimHorizon(runs.name());
            applications.start(runsOnFlink.name());
            applications.start(stops.name());
            applications.startFromTrimHorizon(changes.name());
            awaitMoreWindows(runs, runsOnFlink, stops, changes);
            // A window a second: there is a checkpoint by then.
            awaitMoreWindows(runsOnFlink);
            awaitMoreWindows(runsOnFlink);
            awaitMoreWindows(runsOnFlink);
        }

        private Counting dialect(String output, TestStreams streams, KinesisClient reader, String input) {
            return new Counting(
                    applications.create(TestApplications.windowsOfTheDialect("first"), input, streams.arn(output)),
                    new GrowingStream(reader, output));
        }

        private Counting flink(String output, TestStreams streams, KinesisClient reader, String input) {
            return new Counting(
                    applications.createFlink(
                            TestApplications.windowsOfFlink(input, streams.arn(output), "'POLLING'"),
                            1,
                            CHECKPOINT_MILLIS),
                    new GrowingStream(reader, output));
        }

        void round(int round, ServerProcess server) {
            if (round > 0) {
                applications.stop(starts.name());
                applications.start(stops.name());
                applications.await(starts.name(), ApplicationStatus.READY);
                awaitMoreWindows(runs, runsOnFlink, stops, changes);
            }
            String code = TestApplications.windowsOfTheDialect("round " + round);
            List<Runnable> doings = Arrays.asList(
                    () -> {
                        if (round == 0) {
                            applications.startFromTrimHorizon(starts.name());
                        } else {
                            applications.start(starts.name());
                        }
                    },
                    () -> applications.stop(stops.name()),
                    () -> applications.updateCode(changes.name(), code));
            Collections.shuffle(doings, random);
            doings.forEach(Runnable::run);
            Pause.milliseconds(random.nextInt(MOST_MILLIS_OF_A_CHANGE));
            if (round % 2 == 0) {
                server.kill();
            } else {
                server.killWithDatabase();
            }
            server.start();
            applications.await(stops.name(), ApplicationStatus.READY);
            applications.awaitRunning(runs.name(), runsOnFlink.name(), starts.name(), changes.name());
            assertThat(applications.codeOf(changes.name())).isEqualTo(code);
            awaitMoreWindows(runs, runsOnFlink, starts, changes);
        }

        void finish() {
            applications.start(stops.name());
            awaitMoreWindows(stops);
        }

        private void awaitMoreWindows(Counting... some) {
            for (Counting each : some) {
                each.output().awaitMore();
            }
        }

        void awaitCounted() {
            for (Counting each : List.of(runs, runsOnFlink, starts, stops, changes)) {
                boolean byArrival = each == runsOnFlink || each == stops;
                windows.add(each.output()
                        .awaitWindows(
                                COUNTED,
                                rows -> (byArrival
                                                ? WindowCheck.faultsByArrival(written, rows)
                                                : WindowCheck.faultsByReading(written, rows, ROUNDS))
                                        .isEmpty()));
            }
        }
    }
}
