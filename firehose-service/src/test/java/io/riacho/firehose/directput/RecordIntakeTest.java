package io.riacho.firehose.directput;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.deliverystream.EncryptionState;
import io.riacho.firehose.deliverystream.Source;
import io.riacho.tracing.Tracing;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

class RecordIntakeTest {

    private final DeliveryStream stream = new DeliveryStream(
            UUID.randomUUID(),
            "clicks",
            "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks",
            "us-east-1",
            Instant.EPOCH,
            null,
            DeliveryStreamStatus.ACTIVE,
            1,
            new Source.DirectPut(null),
            ExtendedS3DestinationConfiguration.builder().build(),
            new EncryptionState(DeliveryStreamEncryptionStatus.DISABLED, null, null, null),
            null,
            Map.of(),
            List.of());

    @Test
    void moreThanThereIsMemoryForIsToldToComeBackLater() throws InterruptedException {
        Silent kinesis = new Silent();
        RecordIntake intake = new RecordIntake(() -> kinesis, 5 << 20, Tracing.OFF, new PutSpans(Tracing.OFF));
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                intake.put(stream, "arn:aws:iam::000000000000:root", Collections.nCopies(4, record(900 << 10)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        kinesis.asked.await();

        assertThat(intake.put(stream, "arn:aws:iam::000000000000:root", Collections.nCopies(2, record(900 << 10))))
                .containsOnly(new Taken.Refused("ServiceUnavailableException", "Slow down."))
                .hasSize(2);

        first.interrupt();
        first.join();
        kinesis.answers = true;
        assertThat(intake.put(stream, "arn:aws:iam::000000000000:root", List.of(record(900 << 10))))
                .containsExactly(new Taken.Refused("ServiceUnavailableException", "The records cannot be stored now."));
    }

    private static Record record(int size) {
        return Record.builder()
                .data(SdkBytes.fromByteArrayUnsafe(new byte[size]))
                .build();
    }

    /** A Kinesis that does not answer, and later refuses. */
    private static final class Silent implements KinesisAsyncClient {

        private final CountDownLatch asked = new CountDownLatch(1);
        private volatile boolean answers;

        @Override
        public CompletableFuture<PutRecordsResponse> putRecords(PutRecordsRequest request) {
            asked.countDown();
            return answers
                    ? CompletableFuture.failedFuture(new IllegalStateException("refused"))
                    : new CompletableFuture<>();
        }

        @Override
        public String serviceName() {
            return "kinesis";
        }

        @Override
        public void close() {}
    }
}
