package io.riacho.flink.sink;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/**
 * How records become requests.
 *
 * @param bytes of a request
 * @param patience how long a record waits for others to go with, in milliseconds
 */
record Batching(int records, int inFlight, int buffered, long bytes, long patience) implements Serializable {

    private static final long serialVersionUID = 1L;

    static Batching read(ReadableConfig table, int mostRecords, long mostBytes) {
        int records = table.get(StreamSinkOptions.BATCH_SIZE);
        int inFlight = table.get(StreamSinkOptions.IN_FLIGHT);
        int buffered = table.get(StreamSinkOptions.BUFFERED);
        long wait = table.get(StreamSinkOptions.FLUSH_AFTER).toMillis();
        if (records < 1 || records > mostRecords) {
            throw new ValidationException(
                    "'" + StreamSinkOptions.BATCH_SIZE.key() + "' is not between 1 and " + mostRecords);
        }
        if (inFlight < 1 || wait < 1) {
            throw new ValidationException("'" + StreamSinkOptions.IN_FLIGHT.key() + "' and '"
                    + StreamSinkOptions.FLUSH_AFTER.key() + "' are at least 1");
        }
        if (buffered <= records) {
            throw new ValidationException("'" + StreamSinkOptions.BUFFERED.key() + "' is not more than '"
                    + StreamSinkOptions.BATCH_SIZE.key() + "'");
        }
        long bytes = Math.min(table.get(StreamSinkOptions.FLUSH_BYTES).getBytes(), mostBytes);
        return new Batching(records, inFlight, buffered, bytes, wait);
    }
}
