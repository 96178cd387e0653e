package io.riacho.firehose.destination;

import org.jspecify.annotations.Nullable;

/** A delivery failed as a whole. Its text is shown to users: it names hosts and reasons, never secrets. */
public final class DeliveryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;

    private DeliveryException(String code, String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryable = retryable;
    }

    /** It may work later: the destination is away, overloaded, or does not let Riacho in just now. */
    public static DeliveryException retryable(String code, String message, @Nullable Throwable cause) {
        return new DeliveryException(code, message, true, cause);
    }

    /** Trying again is of no use: what is delivered is not what the destination takes. */
    public static DeliveryException permanent(String code, String message, @Nullable Throwable cause) {
        return new DeliveryException(code, message, false, cause);
    }

    /** As AWS names it, such as {@code Redshift.CopyFailed} or {@code S3.AccessDenied}. */
    public String code() {
        return code;
    }

    public boolean isRetryable() {
        return retryable;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
