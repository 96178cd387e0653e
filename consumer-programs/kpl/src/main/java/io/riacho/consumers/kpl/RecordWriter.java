package io.riacho.consumers.kpl;

import com.google.common.util.concurrent.ListenableFuture;
import io.riacho.consumers.journal.Fingerprint;
import io.riacho.consumers.journal.Journal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.UserRecordFailedException;
import software.amazon.kinesis.producer.UserRecordResult;

/**
 * Gives records to the library, and writes down what it says of them: {@code put}, number, partition key, explicit hash key or nothing,
 * {@linkplain Fingerprint fingerprint}, shard, sequence number, number of attempts; or {@code failed}, number, and why.
 */
final class RecordWriter {

    private record Write(NumberedRecord record, ListenableFuture<UserRecordResult> result) {}

    private final KinesisProducer producer;
    private final String stream;
    private final Journal journal;

    RecordWriter(KinesisProducer producer, String stream, Journal journal) {
        this.producer = producer;
        this.stream = stream;
        this.journal = journal;
    }

    /** Returns when the library has an answer for each of them. */
    void write(Stream<NumberedRecord> records) throws InterruptedException {
        List<Write> writes = records.map(record -> new Write(
                        record,
                        producer.addUserRecord(stream, record.partitionKey(), record.explicitHashKey(), record.data())))
                .toList();
        for (Write write : writes) {
            note(write);
        }
    }

    private void note(Write write) throws InterruptedException {
        NumberedRecord record = write.record;
        try {
            UserRecordResult result = write.result.get();
            ByteBuffer data = record.data();
            journal.note(
                    "put",
                    record.number(),
                    record.partitionKey(),
                    record.explicitHashKey() == null ? "" : record.explicitHashKey(),
                    Fingerprint.of(data),
                    result.getShardId(),
                    result.getSequenceNumber(),
                    result.getAttempts().size());
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof UserRecordFailedException failure
                    ? failure.getResult().getAttempts().stream()
                            .map(attempt -> attempt.getErrorCode() + " " + attempt.getErrorMessage())
                            .toList()
                            .toString()
                    : String.valueOf(e.getCause());
            journal.note("failed", record.number(), why.replaceAll("\\s+", " "));
        }
    }
}
