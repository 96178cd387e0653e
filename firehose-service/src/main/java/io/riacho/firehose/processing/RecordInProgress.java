package io.riacho.firehose.processing;

import io.riacho.firehose.record.SourceRecord;
import java.util.Map;

/**
 * A record between two steps.
 *
 * @param source what the source gave, or the part of it that this is
 */
record RecordInProgress(
        SourceRecord source, byte[] data, Map<String, String> keysFromQuery, Map<String, String> keysFromLambda) {

    RecordInProgress(SourceRecord source, byte[] data) {
        this(source, data, Map.of(), Map.of());
    }

    RecordInProgress with(byte[] otherData) {
        return new RecordInProgress(source, otherData, keysFromQuery, keysFromLambda);
    }
}
