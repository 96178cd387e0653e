package io.riacho.flink.sink;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends records to one destination. Belongs to one writer, whose requests may be several at once. */
interface Sender extends AutoCloseable {

    /** Those that were not taken, to be sent again; a failure is that of all. */
    CompletableFuture<List<SinkEntry>> send(List<SinkEntry> entries);

    /**
     * Whether the same request may succeed after a failure.
     *
     * @param failures how many there were one after the other, with this one
     */
    boolean isTransient(Throwable cause, int failures);

    /** What the job fails with otherwise. */
    RuntimeException failure(Throwable cause);

    @Override
    void close();
}
