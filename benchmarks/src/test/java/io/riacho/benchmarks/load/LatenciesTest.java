package io.riacho.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void aPercentileIsAMeasuredValue() {
        Latencies latencies = new Latencies();
        for (int i = 2000; i >= 1; i--) {
            latencies.add(i * 1_000_000L);
        }

        assertThat(latencies.milliseconds(0.5)).isEqualTo(1000);
        assertThat(latencies.milliseconds(0.99)).isEqualTo(1980);
        assertThat(latencies.milliseconds(1)).isEqualTo(2000);
    }

    @Test
    void aSingleValueIsEveryPercentile() {
        Latencies latencies = new Latencies();
        latencies.add(3_000_000);

        assertThat(latencies.milliseconds(0.01)).isEqualTo(3);
        assertThat(latencies.milliseconds(0.99)).isEqualTo(3);
    }
}
