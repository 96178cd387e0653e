package io.riacho.log;

/** The storage under the log failed, or the log is closed. */
public final class LogFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LogFailedException(String message) {
        super(message);
    }

    public LogFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
