package io.riacho.analytics.job;

import org.jspecify.annotations.Nullable;

/** A job could not be started, stopped or asked; whether it runs is for {@link JobRunner#status} to say. */
public sealed class JobException extends RuntimeException permits BusyException {

    private static final long serialVersionUID = 1L;

    public JobException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
