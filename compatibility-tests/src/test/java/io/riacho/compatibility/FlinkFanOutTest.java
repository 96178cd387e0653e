package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.FlinkRun.Interruption;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/** Flink with enhanced fan-out, whose consumer the job's tasks register. */
final class FlinkFanOutTest extends FlinkContract {

    @Override
    String mode() {
        return "fan-out";
    }

    @Override
    Interruption interruption() {
        return Interruption.KILL;
    }

    @Test
    void theJobRegistersItsConsumer() {
        assertThat(run().consumersOfTheFirst()).satisfiesExactly(consumer -> {
            assertThat(consumer.consumerName()).isEqualTo("flink");
            assertThat(consumer.consumerStatus()).isEqualTo(ConsumerStatus.ACTIVE);
        });
    }

    @Test
    void aJobThatGoesOnHasOneConsumer() {
        assertThat(run().consumersOfTheLast()).singleElement().satisfies(consumer -> {
            assertThat(consumer.consumerName()).isEqualTo("flink");
            assertThat(consumer.consumerStatus()).isEqualTo(ConsumerStatus.ACTIVE);
        });
    }

    @Test
    void aJobThatStopsDeregistersItsConsumer() {
        Pause.until("no consumer is left", () -> run().consumers().isEmpty());
    }
}
