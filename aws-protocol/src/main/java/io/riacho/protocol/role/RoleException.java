package io.riacho.protocol.role;

/** A role cannot be assumed. Its text is shown to users: no secrets. */
public final class RoleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** There is no such role, or it does not trust the service. */
        DENIED,
        /** Whether it may be assumed cannot be found out now. */
        UNAVAILABLE
    }

    private final Reason reason;

    public RoleException(Reason reason, String message) {
        super(message);
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
