package io.riacho.consumers.kcl;

import io.riacho.consumers.journal.Journal;
import io.riacho.consumers.journal.Tenure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/** Writes each call of KCL into the journal. */
final class JournalingProcessor implements ShardRecordProcessor {

    private final Journal journal;
    private @Nullable Tenure tenure;

    JournalingProcessor(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void initialize(InitializationInput input) {
        tenure = journal.taken(
                input.shardId(),
                input.extendedSequenceNumber().sequenceNumber(),
                input.extendedSequenceNumber().subSequenceNumber());
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        Tenure current = tenure();
        input.records()
                .forEach(record -> current.processed(
                        record.partitionKey(), record.sequenceNumber(), record.subSequenceNumber(), record.data()));
        current.checkpointWhereDue(input.checkpointer()::checkpoint);
    }

    @Override
    public void leaseLost(LeaseLostInput input) {
        tenure().lost();
    }

    @Override
    public void shardEnded(ShardEndedInput input) {
        tenure().ended(input.checkpointer()::checkpoint);
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        tenure().checkpoint(input.checkpointer()::checkpoint);
    }

    private Tenure tenure() {
        return Objects.requireNonNull(tenure, "initialize comes first");
    }
}
