package io.riacho.protocol.audit;

import io.riacho.protocol.AwsException;

/** Where the lines of the audit log go. Safe for use by many threads. */
interface AuditSink extends AutoCloseable {

    /** Keeps a line; waits a little where lines come faster than they can be kept. */
    void keep(String line);

    /**
     * Keeps a line that something depends on.
     *
     * @throws AwsException ServiceUnavailable where lines have to be kept, and this one could not be
     */
    void keepSurely(String line);

    /** Keeps a line where that is possible at once. */
    void offer(String line);

    /** @throws AwsException ServiceUnavailable where lines have to be kept, and cannot be now */
    void requireReady();

    /** Keeps what was taken so far. */
    @Override
    void close();
}
