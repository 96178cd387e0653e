package io.riacho.firehose.directput;

import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.deliverystream.DeliveryStreams;
import io.riacho.firehose.deliverystream.Source;
import io.riacho.firehose.error.FirehoseErrors;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.PutRecordRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordResponse;
import software.amazon.awssdk.services.firehose.model.Record;

/**
 * Takes records, and answers once they are durable.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html">PutRecordBatch</a>
 */
public final class PutOperations {

    private static final int MAX_RECORD_BYTES = 1_000 * 1024;
    private static final int MAX_BATCH_BYTES = 4 << 20;

    private final DeliveryStreams streams;
    private final RecordIntake intake;
    private final PutListener listener;

    public PutOperations(DeliveryStreams streams, RecordIntake intake, PutListener listener) {
        this.streams = streams;
        this.intake = intake;
        this.listener = listener;
    }

    public PutRecordResponse putRecord(PutRecordRequest request, RequestContext context) throws InterruptedException {
        DeliveryStream stream = writable(request.deliveryStreamName());
        List<Record> one = List.of(request.record());
        long bytes = check(one);
        Taken taken = intake.put(stream, context.principalArn(), one).getFirst();
        if (taken instanceof Taken.Refused(String code, String message)) {
            listener.put(stream, "PutRecord", 1, 0, 1);
            throw AwsException.of(code, code.equals("ServiceUnavailableException") ? 503 : 400, message);
        }
        listener.put(stream, "PutRecord", 1, bytes, 0);
        return PutRecordResponse.builder()
                .recordId(((Taken.Durable) taken).recordId())
                .encrypted(isEncrypted(stream))
                .build();
    }

    public PutRecordBatchResponse putRecordBatch(PutRecordBatchRequest request, RequestContext context)
            throws InterruptedException {
        DeliveryStream stream = writable(request.deliveryStreamName());
        long bytes = check(request.records());
        if (bytes > MAX_BATCH_BYTES) {
            throw FirehoseErrors.invalidArgument("Records size exceeds 4 MB limit");
        }
        List<PutRecordBatchResponseEntry> entries = new ArrayList<>();
        int failed = 0;
        for (Taken taken : intake.put(stream, context.principalArn(), request.records())) {
            switch (taken) {
                case Taken.Durable(String recordId) ->
                    entries.add(PutRecordBatchResponseEntry.builder()
                            .recordId(recordId)
                            .build());
                case Taken.Refused(String code, String message) -> {
                    failed++;
                    entries.add(PutRecordBatchResponseEntry.builder()
                            .errorCode(code)
                            .errorMessage(message)
                            .build());
                }
            }
        }
        listener.put(stream, "PutRecordBatch", entries.size(), bytes, failed);
        return PutRecordBatchResponse.builder()
                .failedPutCount(failed)
                .encrypted(isEncrypted(stream))
                .requestResponses(entries)
                .build();
    }

    private DeliveryStream writable(String name) {
        DeliveryStream stream = streams.get(name);
        String account = streams.naming().accountId();
        if (!(stream.source() instanceof Source.DirectPut)) {
            throw FirehoseErrors.invalidSource(name, account);
        }
        if (!stream.isActive()) {
            throw FirehoseErrors.notFound(name, account);
        }
        return stream;
    }

    private static long check(List<Record> records) {
        long bytes = 0;
        for (Record record : records) {
            int size = record.data().asByteBuffer().remaining();
            if (size > MAX_RECORD_BYTES) {
                throw FirehoseErrors.invalidArgument("Record size exceeds 1,000 KB limit");
            }
            bytes += size;
        }
        return bytes;
    }

    private static boolean isEncrypted(DeliveryStream stream) {
        return stream.encryption().key() != null;
    }
}
