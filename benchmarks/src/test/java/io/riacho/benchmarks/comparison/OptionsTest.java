package io.riacho.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.benchmarks.load.KinesisLoad;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void everythingRunsWhereNothingIsNamed() {
        Options options = Options.parse();

        assertThat(options.runsTarget("kafka")).isTrue();
        assertThat(options.runs(Workload.DRAIN)).isTrue();
        assertThat(options.measuresStart()).isTrue();
    }

    @Test
    void aNamedTargetRunsAllLoads() {
        Options options = Options.parse("--only=kafka");

        assertThat(options.runsTarget("kafka")).isTrue();
        assertThat(options.runsTarget("riacho")).isFalse();
        assertThat(options.runs(Workload.DRAIN)).isTrue();
        assertThat(options.measuresStart()).isFalse();
    }

    @Test
    void aNamedLoadRunsOnAllTargets() {
        Options options = Options.parse("--only=drain");

        assertThat(options.runsTarget("riacho")).isTrue();
        assertThat(options.runs(Workload.DRAIN)).isTrue();
        assertThat(options.runs(Workload.PUT_RECORD)).isFalse();
    }

    @Test
    void loadsOfFirehoseAreNamedAmongTheOthers() {
        Options options = Options.parse("--only=riacho,firehose-s3-gzip,firehose-s3-parquet,firehose-freshness");

        assertThat(options.runsTarget("riacho")).isTrue();
        assertThat(options.runsTarget("kafka")).isFalse();
        assertThat(options.runs(Workload.FIREHOSE_S3_GZIP)).isTrue();
        assertThat(options.runs(Workload.FIREHOSE_S3_PARQUET)).isTrue();
        assertThat(options.runs(Workload.FIREHOSE_FRESHNESS)).isTrue();
        assertThat(options.runs(Workload.PUT_RECORDS)).isFalse();
    }

    @Test
    void whatIsDeliveredComesInWholeBatches() {
        assertThat(Options.parse().deliveredRecords() % KinesisLoad.BATCH).isZero();
        assertThat(Options.parse("--quick").deliveredRecords() % KinesisLoad.BATCH)
                .isZero();
    }

    @Test
    void aQuickRunDoesNotMeasureStarts() {
        assertThat(Options.parse("--quick").measuresStart()).isFalse();
        assertThat(Options.parse("--quick", "--only=start").measuresStart()).isTrue();
    }

    @Test
    void aPartOfTheRunLeavesThePublishedTableAlone() {
        assertThat(Options.parse("--repository=/r").output()).isEqualTo(Path.of("/r/benchmarks/RESULTS.md"));
        assertThat(Options.parse("--repository=/r", "--only=drain").output())
                .isEqualTo(Path.of("/r/benchmarks/target/results.md"));
        assertThat(Options.parse("--repository=/r", "--quick").output())
                .isEqualTo(Path.of("/r/benchmarks/target/results.md"));
    }

    @Test
    void aMistypedNameIsRefused() {
        assertThatThrownBy(() -> Options.parse("--only=drian")).hasMessageContaining("drian");
        assertThatThrownBy(() -> Options.parse("--ruonds=3")).hasMessageContaining("--ruonds");
    }
}
