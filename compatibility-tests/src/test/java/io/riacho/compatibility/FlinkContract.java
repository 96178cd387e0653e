package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.FlinkRun.Interruption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a job of Apache Flink that reads with the public connector may rely on: see {@link FlinkRun} for what it goes through. It all
 * happens once; each test looks at another side of what came of it. With {@code -Pslow} there are ten times as many records, and the
 * job is interrupted in both ways.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FlinkContract {

    private static final boolean SLOW = Boolean.getBoolean("riacho.slow");
    private static final int RECORDS = SLOW ? 50_000 : 5_000;

    private @Nullable FlinkRun run;

    /** {@code polling} or {@code fan-out}. */
    abstract String mode();

    /** How the job is interrupted, where there is time for one way only. */
    abstract Interruption interruption();

    @BeforeAll
    void goThroughTheDay() {
        TestServer.assumeThatServersCanBeStarted();
        run = FlinkRun.finished(getClass().getSimpleName().toLowerCase(Locale.ROOT), mode(), RECORDS, interruptions());
    }

    @AfterAll
    void stop() {
        if (run != null) {
            run.close();
        }
    }

    @Test
    void everyRecordIsCountedAndCountsOnceForTheState() {
        assertThat(run().stored().count()).isGreaterThanOrEqualTo(RECORDS);
        assertThat(CountCheck.faults(run().stored(), run().counted())).isEmpty();
    }

    @Test
    void theJobReadsEachTimeThatItRuns() {
        assertThat(run().counted())
                .hasSize(1 + interruptions().size())
                .allSatisfy(counted -> assertThat(counted).hasSizeGreaterThan(RECORDS / 50));
    }

    @Test
    void closedShardsAndTheirChildrenAreRead() {
        assertThat(run().stored().parents())
                .containsExactly("shardId-000000000000", "shardId-000000000001", "shardId-000000000002");
        assertThat(run().stored().recordsOfShards())
                .hasSize(7)
                .allSatisfy((shard, records) -> assertThat(records).isNotEmpty());
    }

    private List<Interruption> interruptions() {
        return SLOW ? List.of(Interruption.KILL, Interruption.STOP) : List.of(interruption());
    }

    FlinkRun run() {
        if (run == null) {
            throw new IllegalStateException("The day has not begun");
        }
        return run;
    }
}
