package io.riacho.protocol.key;

/** A key of KMS cannot be used. Services answer with the KMS… error of their own API. */
public final class KeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, as AWS's services tell it. */
    public enum Reason {
        NOT_FOUND,
        DISABLED,
        INVALID_STATE,
        ACCESS_DENIED,
        THROTTLED,
        UNAVAILABLE
    }

    private final Reason reason;

    public KeyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
