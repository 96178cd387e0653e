package io.riacho.log;

/** There is no room for an append now; it may succeed later, when there is. */
public final class LogFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LogFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
