package io.riacho.consumers.kcl1;

import com.amazonaws.services.kinesis.clientlibrary.interfaces.IRecordProcessorCheckpointer;
import com.amazonaws.services.kinesis.clientlibrary.interfaces.v2.IRecordProcessor;
import com.amazonaws.services.kinesis.clientlibrary.interfaces.v2.IShutdownNotificationAware;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.ShutdownReason;
import com.amazonaws.services.kinesis.clientlibrary.types.InitializationInput;
import com.amazonaws.services.kinesis.clientlibrary.types.ProcessRecordsInput;
import com.amazonaws.services.kinesis.clientlibrary.types.ShutdownInput;
import com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;
import io.riacho.consumers.journal.Journal;
import io.riacho.consumers.journal.Tenure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes each call of KCL into the journal. */
final class JournalingProcessor implements IRecordProcessor, IShutdownNotificationAware {

    private final Journal journal;
    private @Nullable Tenure tenure;

    JournalingProcessor(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void initialize(InitializationInput input) {
        tenure = journal.taken(
                input.getShardId(),
                input.getExtendedSequenceNumber().getSequenceNumber(),
                input.getExtendedSequenceNumber().getSubSequenceNumber());
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        Tenure current = tenure();
        input.getRecords().forEach(record -> {
            long subSequenceNumber = record instanceof UserRecord user ? user.getSubSequenceNumber() : 0;
            current.processed(
                    record.getPartitionKey(), record.getSequenceNumber(), subSequenceNumber, record.getData());
        });
        current.checkpointWhereDue(input.getCheckpointer()::checkpoint);
    }

    @Override
    public void shutdown(ShutdownInput input) {
        if (input.getShutdownReason() == ShutdownReason.TERMINATE) {
            tenure().ended(input.getCheckpointer()::checkpoint);
        } else {
            tenure().lost();
        }
    }

    @Override
    public void shutdownRequested(IRecordProcessorCheckpointer checkpointer) {
        tenure().checkpoint(checkpointer::checkpoint);
    }

    private Tenure tenure() {
        return Objects.requireNonNull(tenure, "initialize comes first");
    }
}
