package io.riacho.streams.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.AwsException;
import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.stream.Stream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.DecreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.IncreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

class RetentionOperationsTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static StreamsUnderTest service;

    private final String name = "retained-" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() {
        service = new StreamsUnderTest(folder, StreamsUnderTest.A_MOMENT);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void create() {
        Stream unused = service.create(name, 1);
    }

    @Test
    void theRetentionPeriodIsADayAtFirst() {
        assertThat(hours()).isEqualTo(24);
    }

    @Test
    void itIsIncreasedUpToAYear() {
        increase(8760);

        assertThat(hours()).isEqualTo(8760);
        assertRefused(() -> increase(8761), "InvalidArgumentException", "8760 hours");
    }

    @Test
    void itIsDecreasedDownToADay() {
        increase(100);
        decrease(24);

        assertThat(hours()).isEqualTo(24);
        assertRefused(() -> decrease(23), "InvalidArgumentException", "24 hours");
    }

    @Test
    void whatItIsAlreadyIsAcceptedByBoth() {
        increase(24);
        decrease(24);

        assertThat(hours()).isEqualTo(24);
    }

    @Test
    void eachOperationRefusesTheOthersDirection() {
        increase(48);

        assertRefused(() -> increase(47), "InvalidArgumentException", "DecreaseRetentionPeriod");
        assertRefused(() -> decrease(49), "InvalidArgumentException", "IncreaseRetentionPeriod");
        assertThat(hours()).isEqualTo(48);
    }

    @Test
    void aStreamThatIsNotActiveKeepsIts() {
        Stream unused =
                service.catalog().change(service.stream(name), stream -> stream.withStatus(StreamStatus.UPDATING));

        assertRefused(() -> increase(48), "ResourceInUseException", "UPDATING");
        assertThat(hours()).isEqualTo(24);
    }

    @Test
    void itSurvivesARestart() {
        increase(72);

        service.restart(StreamsUnderTest.A_MOMENT);

        assertThat(hours()).isEqualTo(72);
    }

    private int hours() {
        return service.stream(name).retentionHours();
    }

    private void increase(int hours) {
        operations()
                .increaseStreamRetentionPeriod(IncreaseStreamRetentionPeriodRequest.builder()
                        .streamName(name)
                        .retentionPeriodHours(hours)
                        .build());
    }

    private void decrease(int hours) {
        operations()
                .decreaseStreamRetentionPeriod(DecreaseStreamRetentionPeriodRequest.builder()
                        .streamName(name)
                        .retentionPeriodHours(hours)
                        .build());
    }

    private static RetentionOperations operations() {
        return new RetentionOperations(service.catalog(), service.streams().resolver());
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String type, String part) {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(call)
                .withMessageContaining(part)
                .satisfies(refused -> assertThat(refused.type()).isEqualTo(type));
    }
}
