package io.riacho.firehose.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads one shard in its order. Used by one thread, which it may block; {@link #close} may come from another. */
public interface ShardReader extends AutoCloseable {

    /**
     * What comes next.
     *
     * @return null where nothing came in that time
     * @throws SourceException where the source cannot be read now; reading may be tried again
     */
    @Nullable
    SourceBatch read(Duration patience) throws SourceException, InterruptedException;

    @Override
    void close();
}
