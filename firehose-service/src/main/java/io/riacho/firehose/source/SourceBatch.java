package io.riacho.firehose.source;

import io.riacho.firehose.record.SourceRecord;
import io.riacho.leases.NewLease;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that were read together.
 *
 * @param position up to which the shard is read with them; null where that did not change
 * @param millisBehind how far that is behind the shard's end; null where it is not known
 * @param children the shards that came out of this one, where it was read to its end; null otherwise
 */
public record SourceBatch(
        List<SourceRecord> records,
        @Nullable BigInteger position,
        @Nullable Long millisBehind,
        @Nullable List<NewLease> children) {

    public SourceBatch {
        records = List.copyOf(records);
    }

    /** The sum of the records' sizes. */
    public long bytes() {
        return records.stream().mapToLong(record -> record.data().length).sum();
    }
}
