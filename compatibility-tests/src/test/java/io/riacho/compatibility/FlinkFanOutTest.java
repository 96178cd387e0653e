package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/** Flink with enhanced fan-out, whose consumer the job's tasks register. */
final class FlinkFanOutTest extends FlinkContract {

    @Override
    String mode() {
        return "fan-out";
    }

    @Test
    void theJobRegistersItsConsumer() {
        assertThat(run().consumersOfTheFirst()).satisfiesExactly(consumer -> {
            assertThat(consumer.consumerName()).isEqualTo("flink");
            assertThat(consumer.consumerStatus()).isEqualTo(ConsumerStatus.ACTIVE);
        });
    }

    /** The one whom a savepoint had stopped deregistered it. */
    @Test
    void aJobThatGoesOnRegistersItAnew() {
        assertThat(arns(run().consumersOfTheLast()))
                .hasSize(1)
                .doesNotContainAnyElementsOf(arns(run().consumersOfTheFirst()));
    }

    @Test
    void aJobThatStopsDeregistersItsConsumer() {
        Pause.until("no consumer is left", () -> run().consumers().isEmpty());
    }

    private static List<String> arns(List<Consumer> consumers) {
        return consumers.stream().map(Consumer::consumerARN).toList();
    }
}
