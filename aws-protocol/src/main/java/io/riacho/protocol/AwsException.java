package io.riacho.protocol;

/**
 * An error that the caller is told, in AWS's form. Services keep their errors in one catalogue of factory methods and
 * throw them from anywhere; the wire maps them once.
 */
public final class AwsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    private AwsException(String type, int status, String message) {
        super(message, null, false, false);
        this.type = type;
        this.status = status;
    }

    /** The caller's mistake: HTTP 400. */
    public static AwsException badRequest(String type, String message) {
        return new AwsException(type, 400, message);
    }

    public static AwsException of(String type, int status, String message) {
        return new AwsException(type, status, message);
    }

    /** The error's short name, such as {@code ResourceNotFoundException}. */
    public String type() {
        return type;
    }

    public int status() {
        return status;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
