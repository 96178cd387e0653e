package io.riacho.firehose.delivery;

import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.DeliveryRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record in a lane.
 *
 * @param failure why processing failed; null in all lanes but those of failed records
 */
record LaneRecord(DeliveryRecord record, ProcessedRecord.@Nullable Failed failure) {

    /** What a record costs beside its bytes, roughly. */
    private static final int OVERHEAD = 256;

    /** Of the memory budget. */
    long memory() {
        int source = record.source().data().length;
        int own = record.data() == record.source().data() ? 0 : record.data().length;
        return (long) OVERHEAD + source + own;
    }
}
