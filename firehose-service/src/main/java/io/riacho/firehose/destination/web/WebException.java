package io.riacho.firehose.destination.web;

/** A server gave no answer. Its text is shown to users: it names hosts and reasons, never secrets. */
public final class WebException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Reason {
        /** Nobody listens there, or there is no such host. */
        UNREACHABLE,
        /** The server is not who it has to be, or speaks no TLS. */
        UNTRUSTED,
        /** It took too long, or too many others wait for the same server. */
        TIMED_OUT,
        /** The connection ended in the middle. */
        BROKEN
    }

    private final Reason reason;

    WebException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
