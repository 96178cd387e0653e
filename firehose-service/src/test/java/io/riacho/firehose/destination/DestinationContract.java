package io.riacho.firehose.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.firehose.destination.warehouse.TestDeliveries;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine may expect of each destination. */
@Timeout(60)
public abstract class DestinationContract {

    private static final Duration LONG = Duration.ofMinutes(1);

    /** One that works, and that nothing was delivered to. */
    protected abstract Destination working() throws Exception;

    /** What the last working one has, in its order. */
    protected abstract List<byte[]> received() throws Exception;

    /** One whose peer takes a connection and does not answer. */
    protected abstract Destination silent(Duration timeout) throws Exception;

    /** Returns when the silent peer was asked. */
    protected abstract void awaitQuestion() throws Exception;

    /** One that is not let in. */
    protected abstract Destination notLetIn() throws Exception;

    /** What {@link #notLetIn} is told to show, and what nobody else may see. */
    protected abstract String secret();

    /** One whose peer answers much more than it should, without end. */
    protected abstract Destination flooded() throws Exception;

    /** One where nobody listens. */
    protected abstract Destination away() throws Exception;

    /** A record that the destination takes. */
    protected byte[] record(int number) {
        return ("{\"number\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a delivery that is repeated is there once. */
    protected boolean doublesNothing() {
        return true;
    }

    /** Whether it keeps the order of the records. */
    protected boolean keepsOrder() {
        return true;
    }

    /** Whether records may be any bytes, and none. */
    protected boolean takesAnyBytes() {
        return true;
    }

    private List<byte[]> records(int count) {
        return IntStream.range(0, count).mapToObj(this::record).toList();
    }

    private void assertReceived(List<byte[]> expected) throws Exception {
        List<String> texts = received().stream().map(DestinationContract::text).toList();
        List<String> wanted = expected.stream().map(DestinationContract::text).toList();
        if (keepsOrder()) {
            assertThat(texts).isEqualTo(wanted);
        } else {
            assertThat(texts).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    private static String text(byte[] record) {
        return new String(record, StandardCharsets.ISO_8859_1);
    }

    private static DeliveryException failure(Destination destination) {
        return Objects.requireNonNull(catchThrowableOfType(
                DeliveryException.class, () -> destination.deliver(TestDeliveries.of("{\"number\":1}"))));
    }

    @Test
    void aDeliveryArrivesWholeAndInOrder() throws Exception {
        try (Destination destination = working()) {
            List<byte[]> records = records(100);

            Delivered delivered = destination.deliver(TestDeliveries.of(UUID.randomUUID(), records));

            assertThat(delivered).isEqualTo(Delivered.ALL);
            assertReceived(records);
        }
    }

    @Test
    void tenThousandRecordsArrive() throws Exception {
        try (Destination destination = working()) {
            List<byte[]> records = records(10_000);

            Delivered delivered = destination.deliver(TestDeliveries.of(UUID.randomUUID(), records));

            assertThat(delivered).isEqualTo(Delivered.ALL);
            assertReceived(records);
        }
    }

    @Test
    void aDeliveryThatIsRepeatedDoesNotFailAndIsNotDoubledWhereThatIsPromised() throws Exception {
        try (Destination destination = working()) {
            UUID id = UUID.randomUUID();
            List<byte[]> records = records(10);
            Delivery delivery = TestDeliveries.of(id, records);
            assertThat(destination.deliver(delivery)).isEqualTo(Delivered.ALL);

            assertThat(destination.deliver(delivery)).isEqualTo(Delivered.ALL);

            if (doublesNothing()) {
                assertReceived(records);
            }
        }
    }

    @Test
    void emptyAndBinaryRecordsArriveOrAreRejectedAlone() throws Exception {
        try (Destination destination = working()) {
            byte[] binary = {0, (byte) 0xff, '\n', (byte) 0xc3, '"', '\\', '\r'};
            List<byte[]> records = List.of(record(1), new byte[0], binary, record(2));
            Delivery delivery = TestDeliveries.of(UUID.randomUUID(), records);

            Delivered delivered = destination.deliver(delivery);

            assertThat(delivered.postponed()).isEmpty();
            if (takesAnyBytes()) {
                assertThat(delivered.rejected()).isEmpty();
                assertReceived(records);
            } else {
                assertThat(delivered.rejected())
                        .extracting(Rejection::record)
                        .containsExactly(
                                delivery.records().get(1), delivery.records().get(2));
                assertReceived(List.of(record(1), record(2)));
            }
        }
    }

    @Test
    void aPeerThatDoesNotAnswerIsTriedAgainLater() throws Exception {
        try (Destination destination = silent(Duration.ofMillis(300))) {
            assertThat(failure(destination).isRetryable()).isTrue();
        }
    }

    @Test
    void aDeliveryThatIsCalledOffEnds() throws Exception {
        try (Destination destination = silent(LONG)) {
            CompletableFuture<Boolean> calledOff = new CompletableFuture<>();
            Thread delivering = Thread.startVirtualThread(() -> {
                try {
                    destination.deliver(TestDeliveries.of("{\"number\":1}"));
                    calledOff.complete(false);
                } catch (InterruptedException e) {
                    calledOff.complete(true);
                } catch (DeliveryException e) {
                    calledOff.completeExceptionally(e);
                }
            });
            awaitQuestion();

            delivering.interrupt();

            assertThat(calledOff.get(40, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aPeerThatIsAwayIsTriedAgainLater() throws Exception {
        try (Destination destination = away()) {
            DeliveryException failure = failure(destination);

            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.getMessage()).contains("127.0.0.1");
        }
    }

    @Test
    void whoIsNotLetInTriesAgainLaterAndShowsNoSecret() throws Exception {
        try (Destination destination = notLetIn()) {
            DeliveryException failure = failure(destination);

            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.code()).isNotBlank();
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString() + destination).doesNotContain(secret());
        }
    }

    @Test
    void ofAnAnswerWithoutEndOnlySoMuchIsRead() throws Exception {
        try (Destination flooded = flooded()) {
            DeliveryException failure = failure(flooded);

            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.getMessage()).hasSizeLessThan(3000);
        }
    }
}
