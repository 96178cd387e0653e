package io.riacho.analytics.job;

import org.jspecify.annotations.Nullable;

/**
 * @param failure what went wrong last, in a line or two; null where nothing did
 * @param restarts how often the job began anew from a checkpoint
 */
public record JobStatus(State state, @Nullable String failure, long restarts) {

    /**
     * {@code UNKNOWN}: there is no such job, because it never was or its cluster has gone. {@code EXHAUSTED}: it took more memory or
     * state than a job may have, which it would do again; perhaps it still runs.
     */
    public enum State {
        STARTING,
        RUNNING,
        RESTARTING,
        FAILED,
        FINISHED,
        CANCELED,
        EXHAUSTED,
        UNKNOWN
    }
}
