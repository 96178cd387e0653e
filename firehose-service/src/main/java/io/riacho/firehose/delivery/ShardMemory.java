package io.riacho.firehose.delivery;

import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.SourceRecord;
import java.util.List;

/** What records take of the memory budget once they are in their lanes. */
final class ShardMemory {

    private ShardMemory() {}

    /** @param backup whether the source's records have a lane of their own */
    static long of(List<SourceRecord> source, List<ProcessedRecord> processed, boolean backup) {
        long bytes = 0;
        if (backup) {
            for (SourceRecord record : source) {
                bytes += entry(record).memory();
            }
        }
        for (ProcessedRecord record : processed) {
            bytes += switch (record) {
                case ProcessedRecord.Kept kept -> new LaneRecord(kept.record(), null).memory();
                case ProcessedRecord.Failed failed -> entry(failed.source()).memory();
                case ProcessedRecord.Dropped _ -> 0;
            };
        }
        return bytes;
    }

    private static LaneRecord entry(SourceRecord record) {
        return new LaneRecord(new DeliveryRecord(record, record.data()), null);
    }
}
