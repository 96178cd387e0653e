package io.riacho.analytics.job;

/** A job could not be started, stopped or asked; whether it runs is for {@link JobRunner#status} to say. */
public final class JobException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JobException(String message, Throwable cause) {
        super(message, cause);
    }
}
