package io.riacho.firehose.processing;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.record.SourceRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to a delivery stream's records before they are buffered. Safe for use by many threads. */
public interface Processing extends AutoCloseable {

    /** How many records to gather before they are processed, where a function is asked; null to process them as they come. */
    @Nullable
    BufferHints gathering();

    /**
     * Processes records of one shard, in their order. Runs on a virtual thread and may block.
     *
     * @return for each record what became of it, in the same order; several where several records were in one. A function
     *     that cannot be reached is tried again as often as the configuration says; then its records have failed.
     * @throws InterruptedException where it was called off
     */
    List<ProcessedRecord> process(List<SourceRecord> records) throws InterruptedException;

    @Override
    void close();
}
