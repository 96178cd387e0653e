package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.FlinkRun.Interruption;
import org.junit.jupiter.api.Test;

/** Flink that polls: the connector's default, by the Java SDK 1. */
final class FlinkPollingTest extends FlinkContract {

    @Override
    String mode() {
        return "polling";
    }

    @Override
    Interruption interruption() {
        return Interruption.STOP;
    }

    @Test
    void noConsumerIsRegistered() {
        assertThat(run().consumersOfTheFirst()).isEmpty();
        assertThat(run().consumersOfTheLast()).isEmpty();
    }
}
