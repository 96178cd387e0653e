package io.riacho.firehose.delivery;

import io.riacho.firehose.intent.Intent;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was buffered in a lane, closed for delivery.
 *
 * @param after behind which position of the shard it begins; null for the shard's first checkpoint
 * @param last up to which position the lane's records are in it
 * @param bytes of the memory budget
 * @param intent under which it was tried before; null where it is new
 */
record Cut(
        Lane lane,
        List<LaneRecord> records,
        @Nullable BigInteger after,
        BigInteger last,
        long bytes,
        @Nullable Intent intent) {

    Cut {
        records = List.copyOf(records);
    }

    Instant oldestArrival() {
        return records.stream()
                .map(entry -> entry.record().arrival())
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
