package io.riacho.auth.webidentity;

/** A token that is not taken. */
public final class WebIdentityException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    WebIdentityException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Why. */
    public enum Reason {
        INVALID,
        EXPIRED,
        /** The token is for somebody else. */
        WRONG_AUDIENCE,
        /** The provider's keys could not be fetched. */
        UNREACHABLE
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
