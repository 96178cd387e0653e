package io.riacho.firehose.source;

import io.riacho.leases.NewLease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a delivery stream's records come from. Safe for use by many threads. */
public interface RecordSource extends AutoCloseable {

    /** The ARN or name by which leases remember what is read. */
    String name();

    /**
     * What tells the source from another that is made under its name when it is gone; null where that cannot be told.
     *
     * @throws SourceException where the source cannot be asked now
     */
    @Nullable
    String identity() throws SourceException, InterruptedException;

    /**
     * The shards to read, and where each is begun. Shards that come out of these are told by their parents' readers.
     *
     * @throws SourceException where the source cannot be asked now
     */
    List<NewLease> shards() throws SourceException, InterruptedException;

    /** @param checkpoint one of a {@link NewLease}, or a position behind which to read on */
    ShardReader open(String shard, String checkpoint);

    @Override
    void close();
}
