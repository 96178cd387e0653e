package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.JournalLine.Event;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What an application of the Kinesis Client Library may rely on, of whatever version and language: see {@link KclRun} for what it
 * goes through. It all happens once; each test looks at another side of what came of it. With {@code -Pslow} there are twenty times as
 * many records.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KclContract {

    private static final boolean SLOW = Boolean.getBoolean("riacho.slow");
    private static final int RECORDS = SLOW ? 100_000 : 5_000;
    private static final int RECORDS_A_SECOND = SLOW ? 1_000 : 250;

    private @Nullable KclRun run;

    abstract ConsumerProgram program();

    @BeforeAll
    void goThroughTheDay() {
        TestServer.assumeThatServersCanBeStarted();
        run = KclRun.finished(
                getClass().getSimpleName().toLowerCase(Locale.ROOT), program(), RECORDS, RECORDS_A_SECOND);
    }

    @AfterAll
    void stop() {
        if (run != null) {
            run.close();
        }
    }

    @Test
    void everyRecordIsProcessedInTheOrderOfItsKeyAndRepeatedOnlyFromACheckpointOn() {
        assertThat(run().stored().count()).isGreaterThanOrEqualTo(RECORDS);
        assertThat(ConsumptionCheck.faults(run().stored(), run().journal())).isEmpty();
    }

    @Test
    void theWorkersDivideTheShards() {
        assertThat(run().shared().values())
                .hasSize(2)
                .allSatisfy(shards -> assertThat(shards).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void theOtherWorkerTakesOverWhatTheKilledOneHeld() {
        assertThat(run().orphaned()).isNotEmpty();
        assertThat(run().inherited()).containsAll(run().orphaned());
    }

    @Test
    void everyClosedShardIsReadToItsEnd() {
        assertThat(run().stored().parents()).hasSizeGreaterThanOrEqualTo(7);
        assertThat(run().journal().stream()
                        .filter(line -> line.is(Event.ENDING))
                        .map(JournalLine::shardId))
                .containsAll(run().stored().parents());
    }

    @Test
    void everyLeaseIsAtItsShardsEndOrALiveWorkers() {
        assertThat(run().leases())
                .isNotEmpty()
                .allSatisfy(lease -> assertThat(lease.isAtShardEnd()
                                || run().namesOfLiveWorkers().contains(String.valueOf(lease.owner())))
                        .as("%s", lease)
                        .isTrue());
    }

    @Test
    void theLibrarysMetricsArrive() {
        // The library keeps them for a while: its publisher sends what ten seconds brought, and what a stopped server
        // refused again.
        Pause.until(
                "RecordsProcessed and MillisBehindLatest arrive",
                Duration.ofMinutes(3),
                () -> run().metrics().containsAll(Set.of("RecordsProcessed", "MillisBehindLatest")));
        assertThat(run().metrics()).contains("RecordsProcessed", "Success", "Time", "MillisBehindLatest");
    }

    private KclRun run() {
        if (run == null) {
            throw new IllegalStateException("The day has not begun");
        }
        return run;
    }
}
