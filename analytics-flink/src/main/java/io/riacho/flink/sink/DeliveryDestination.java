package io.riacho.flink.sink;

import io.riacho.flink.access.AwsClients;
import io.riacho.flink.access.ServiceAccess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseAsyncClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;

/** A delivery stream of Firehose, by its name. */
record DeliveryDestination(ServiceAccess access, String deliveryStream) implements Destination {

    private static final long serialVersionUID = 1L;

    static final int MOST_RECORDS = 500;
    static final long MOST_BYTES = 4L * 1024 * 1024;

    private static final long LARGEST = 1000L * 1024;

    @Override
    public long largestRecord() {
        return LARGEST;
    }

    @Override
    public String name() {
        return "the delivery stream " + deliveryStream;
    }

    @Override
    public Sender open() {
        return new Puts(this, AwsClients.firehose(access));
    }

    private record Puts(DeliveryDestination destination, AwsClients.ClientLease<FirehoseAsyncClient> firehose)
            implements Sender {

        @Override
        public CompletableFuture<List<SinkEntry>> send(List<SinkEntry> entries) {
            List<Record> records = entries.stream()
                    .map(entry -> Record.builder()
                            .data(SdkBytes.fromByteArrayUnsafe(entry.data()))
                            .build())
                    .toList();
            return firehose.client()
                    .putRecordBatch(request -> request.deliveryStreamName(destination.deliveryStream)
                            .records(records))
                    .thenApply(answer -> left(entries, answer));
        }

        private static List<SinkEntry> left(List<SinkEntry> entries, PutRecordBatchResponse answer) {
            boolean isAnyRefused = answer.failedPutCount() != null && answer.failedPutCount() > 0;
            return SinkEntry.left(
                    entries,
                    place ->
                            isAnyRefused && answer.requestResponses().get(place).errorCode() != null);
        }

        @Override
        public boolean isTransient(Throwable cause, int failures) {
            return AwsClients.isTransient(cause, failures);
        }

        @Override
        public RuntimeException failure(Throwable cause) {
            SinkException failure = new SinkException(destination.name(), cause);
            return cause instanceof ResourceNotFoundException ? new SuppressRestartsException(failure) : failure;
        }

        @Override
        public void close() {
            firehose.close();
        }
    }
}
