package io.riacho.analytics.job;

/** There is no room now for what was asked; it says nothing about the job. */
public final class BusyException extends JobException {

    private static final long serialVersionUID = 1L;

    public BusyException(String message) {
        super(message, null);
    }
}
