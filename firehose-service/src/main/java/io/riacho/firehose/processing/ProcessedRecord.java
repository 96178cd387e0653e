package io.riacho.firehose.processing;

import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.firehose.record.SourceRecord;
import java.util.Map;

/** What became of a record. */
public sealed interface ProcessedRecord {

    SourceRecord source();

    /** To be delivered. */
    record Kept(DeliveryRecord record, PartitionKeys keys) implements ProcessedRecord {
        @Override
        public SourceRecord source() {
            return record.source();
        }
    }

    /** Not to be delivered, as the function wants it. */
    record Dropped(SourceRecord source) implements ProcessedRecord {}

    /**
     * Goes to the bucket under the error prefix.
     *
     * @param directory the {@code !{firehose:error-output-type}}: {@code processing-failed}, {@code metadata-extraction-failed} …
     * @param attempts how often the function was asked; 1 where there is none
     * @param details further members of the error record, such as {@code lambdaArn}
     */
    record Failed(
            SourceRecord source,
            String directory,
            String code,
            String message,
            int attempts,
            Map<String, String> details)
            implements ProcessedRecord {}
}
