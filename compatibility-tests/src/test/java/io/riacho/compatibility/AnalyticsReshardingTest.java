package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.NumberedWriter.Numbered;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ScalingType;

/** A stream gets more shards, and fewer, while applications count what others write to it: no window is wrong for that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnalyticsReshardingTest {

    private static final int TIMES = Boolean.getBoolean("riacho.slow") ? 5 : 1;
    private static final int FEW = 2;
    private static final int MANY = 5;
    private static final int RECORDS_BETWEEN = 1_500;

    @RegisterExtension
    static final TestServer SERVER = TestServer.withoutLimits();

    private TestStreams streams;
    private TestApplications applications;
    private KinesisClient client;
    private WrittenRecords written;
    private Set<Numbered> acknowledged = Set.of();
    private List<WindowRow> dialect = List.of();
    private List<WindowRow> polling = List.of();
    private List<WindowRow> fanOut = List.of();

    @BeforeAll
    void reshardWhileApplicationsCount() {
        streams = new TestStreams(SERVER.target());
        applications = new TestApplications(SERVER.target());
        client = JavaClients.urlConnection(SERVER.target());
        String stream = streams.create(FEW);
        String arn = streams.arn(stream);
        String ofDialect = streams.create(1);
        String ofPolling = streams.create(1);
        String ofFanOut = streams.create(1);
        String first = applications.create(
                TestApplications.windowsOfTheDialect("polls, as all of the dialect"), arn, streams.arn(ofDialect));
        String second = applications.createFlink(
                TestApplications.windowsOfFlink(arn, streams.arn(ofPolling), "'POLLING'"), 2, 5_000);
        String third = applications.createFlink(
                TestApplications.windowsOfFlink(
                        arn, streams.arn(ofFanOut), "'EFO', 'source.efo.consumer.name' = 'windows'"),
                2,
                5_000);
        GrowingStream outputOfDialect = new GrowingStream(client, ofDialect);
        GrowingStream outputOfPolling = new GrowingStream(client, ofPolling);
        GrowingStream outputOfFanOut = new GrowingStream(client, ofFanOut);
        try (KinesisClient impatient = JavaClients.urlConnection(SERVER.target().withoutRetries());
                NumberedWriter writer = NumberedWriter.started(impatient, stream)) {
            applications.startFromTrimHorizon(first);
            applications.start(second);
            applications.start(third);
            applications.awaitRunning(first, second, third);
            for (int time = 0; time < TIMES; time++) {
                reshard(writer, stream, MANY);
                reshard(writer, stream, FEW);
            }
            writer.awaitMore(RECORDS_BETWEEN);
            acknowledged = writer.stop();
        }
        TestStreams.closeSeconds(client, stream);
        written = WrittenRecords.read(client, stream).without(TestStreams.CLOSING);
        dialect = counted(
                outputOfDialect,
                rows -> WindowCheck.faultsByReading(written, rows, 0).isEmpty());
        polling = counted(
                outputOfPolling,
                rows -> WindowCheck.faultsByArrival(written, rows).isEmpty());
        fanOut = counted(
                outputOfFanOut,
                rows -> WindowCheck.faultsByArrival(written, rows).isEmpty());
    }

    @AfterAll
    void clean() {
        applications.close();
        streams.close();
        client.close();
    }

    @Test
    void everyAcknowledgedRecordIsInTheStream() {
        assertThat(written.missing(acknowledged)).isEmpty();
    }

    @Test
    void anApplicationOfTheDialectCountsEveryRecordOnce() {
        assertThat(WindowCheck.faultsByReading(written, dialect, 0)).isEmpty();
    }

    @Test
    void anApplicationThatPollsHasEveryWindowRightAndOnce() {
        assertThat(WindowCheck.faultsByArrival(written, polling)).isEmpty();
        assertThat(polling).doesNotHaveDuplicates();
    }

    @Test
    void anApplicationWithEnhancedFanOutHasEveryWindowRightAndOnce() {
        assertThat(WindowCheck.faultsByArrival(written, fanOut)).isEmpty();
        assertThat(fanOut).doesNotHaveDuplicates();
    }

    private void reshard(NumberedWriter writer, String stream, int shards) {
        writer.awaitMore(RECORDS_BETWEEN);
        client.updateShardCount(request ->
                request.streamName(stream).targetShardCount(shards).scalingType(ScalingType.UNIFORM_SCALING));
        streams.awaitActive(stream);
    }

    /** What was written once it is what was wanted, or two minutes later. */
    private static List<WindowRow> counted(GrowingStream output, Predicate<List<WindowRow>> wanted) {
        return output.awaitWindows(Duration.ofMinutes(2), wanted);
    }
}
