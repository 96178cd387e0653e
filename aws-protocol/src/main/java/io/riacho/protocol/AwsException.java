package io.riacho.protocol;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An error that the caller is told, in AWS's form. Services keep their errors in one catalogue of factory methods and
 * throw them from anywhere; the wire maps them once.
 */
public final class AwsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;
    private final long retryAfterSeconds;
    private final transient @Nullable SdkPojo details;

    private AwsException(String type, int status, String message, long retryAfterSeconds, @Nullable SdkPojo details) {
        super(message, null, false, false);
        this.type = type;
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
        this.details = details;
    }

    /** The caller's mistake: HTTP 400. */
    public static AwsException badRequest(String type, String message) {
        return of(type, 400, message);
    }

    public static AwsException of(String type, int status, String message) {
        return new AwsException(type, status, message, 0, null);
    }

    /**
     * The same error with more members than its text.
     *
     * @param members the SDK's class of this error, whose own text does not count
     */
    public AwsException with(SdkPojo members) {
        return new AwsException(type, status, getMessage(), retryAfterSeconds, members);
    }

    /** The same error, with the word that it is of use to come back in so many seconds: the answer's {@code Retry-After}. */
    public AwsException retryAfter(long seconds) {
        return new AwsException(type, status, getMessage(), seconds, details);
    }

    /** In how many seconds to come back; 0 where nothing is said about that. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The error's short name, such as {@code ResourceNotFoundException}. */
    public String type() {
        return type;
    }

    public int status() {
        return status;
    }

    /** What the error tells beside its text, where the protocol can write it; null where there is nothing. */
    public @Nullable SdkPojo details() {
        return details;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
