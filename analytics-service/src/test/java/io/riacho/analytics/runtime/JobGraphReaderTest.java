package io.riacho.analytics.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JobGraphReaderTest {

    private static final Map<String, Double> BUSY_ALL_THE_TIME =
            Map.of("busyTimeMsPerSecond", 1000.0, "backPressuredTimeMsPerSecond", 0.0, "idleTimeMsPerSecond", 0.0);

    @Test
    void aTaskThatHasOnlyBegunIsNotCalledBusy() {
        assertThat(JobGraphReader.areTimesMeasured(BUSY_ALL_THE_TIME, -1)).isFalse();
        assertThat(JobGraphReader.areTimesMeasured(BUSY_ALL_THE_TIME, 2_000)).isFalse();
    }

    @Test
    void aTaskThatIsBusyAllTheTimeIsCalledSoOnceFlinkHasMeasuredIt() {
        assertThat(JobGraphReader.areTimesMeasured(BUSY_ALL_THE_TIME, 30_000)).isTrue();
    }

    @Test
    void whatFlinkHasMeasuredIsToldAtOnce() {
        assertThat(JobGraphReader.areTimesMeasured(
                        Map.of("busyTimeMsPerSecond", 300.0, "idleTimeMsPerSecond", 700.0), 2_000))
                .isTrue();
        assertThat(JobGraphReader.areTimesMeasured(
                        Map.of("busyTimeMsPerSecond", 300.0, "backPressuredTimeMsPerSecond", 700.0), 2_000))
                .isTrue();
    }
}
