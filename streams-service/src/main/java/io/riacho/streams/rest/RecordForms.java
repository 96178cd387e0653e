package io.riacho.streams.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** The JSON of what became of records, and of iterators. */
final class RecordForms {

    private RecordForms() {}

    /** Either where the record is, or why it was not stored. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PutResult(
            @Nullable String shardId,
            @Nullable String sequenceNumber,
            @Nullable String errorCode,
            @Nullable String errorMessage) {

        static PutResult of(PutRecordResponse put) {
            return new PutResult(put.shardId(), put.sequenceNumber(), null, null);
        }

        static PutResult of(PutRecordsResultEntry put) {
            return new PutResult(put.shardId(), put.sequenceNumber(), put.errorCode(), put.errorMessage());
        }
    }

    record PutResults(int failedRecordCount, List<PutResult> records) {

        static PutResults of(PutRecordsResponse put) {
            return new PutResults(
                    put.failedRecordCount() == null ? 0 : put.failedRecordCount(),
                    put.records().stream().map(PutResult::of).toList());
        }
    }

    /** @param type as GetShardIterator has it */
    record NewIterator(@Nullable String type, @Nullable String sequenceNumber, java.time.@Nullable Instant timestamp) {}

    record Iterator(@Nullable String iterator) {}
}
