package io.riacho.firehose.processing;

/** A function could not be asked, or gave no answer that can be used. Its text is shown to users. */
final class FunctionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;

    FunctionException(String code, String message, boolean retryable) {
        super(message, null, false, false);
        this.code = code;
        this.retryable = retryable;
    }

    /** As AWS names it, such as {@code Lambda.FunctionError}. */
    String code() {
        return code;
    }

    boolean isRetryable() {
        return retryable;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
