package io.riacho.flink.sink;

import io.riacho.flink.access.AwsClients;
import io.riacho.flink.access.ServiceAccess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * A Kinesis data stream.
 *
 * @param stream its ARN or its name
 */
record StreamDestination(ServiceAccess access, String stream) implements Destination {

    private static final long serialVersionUID = 1L;

    static final int MOST_RECORDS = 500;
    /** Of a request, with its keys. */
    static final long MOST_BYTES = 5L * 1024 * 1024;

    private static final long LARGEST = 1024L * 1024;

    @Override
    public long largestRecord() {
        return LARGEST;
    }

    @Override
    public String name() {
        return "the stream " + stream;
    }

    @Override
    public Sender open() {
        return new Puts(this, AwsClients.kinesis(access));
    }

    private record Puts(StreamDestination destination, AwsClients.ClientLease<KinesisAsyncClient> kinesis)
            implements Sender {

        @Override
        public CompletableFuture<List<SinkEntry>> send(List<SinkEntry> entries) {
            List<PutRecordsRequestEntry> records = entries.stream()
                    .map(entry -> PutRecordsRequestEntry.builder()
                            .partitionKey(entry.key())
                            .data(SdkBytes.fromByteArrayUnsafe(entry.data()))
                            .build())
                    .toList();
            boolean isArn = destination.stream.startsWith("arn:");
            PutRecordsRequest request = PutRecordsRequest.builder()
                    .streamARN(isArn ? destination.stream : null)
                    .streamName(isArn ? null : destination.stream)
                    .records(records)
                    .build();
            return kinesis.client().putRecords(request).thenApply(answer -> left(entries, answer));
        }

        private static List<SinkEntry> left(List<SinkEntry> entries, PutRecordsResponse answer) {
            boolean isAnyRefused = answer.failedRecordCount() != null && answer.failedRecordCount() > 0;
            return SinkEntry.left(
                    entries,
                    place -> isAnyRefused && answer.records().get(place).errorCode() != null);
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
            kinesis.close();
        }
    }
}
