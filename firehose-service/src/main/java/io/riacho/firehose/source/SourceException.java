package io.riacho.firehose.source;

import org.jspecify.annotations.Nullable;

/** A source cannot be read now. Its text is shown to users: no secrets. */
public final class SourceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    public SourceException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Such as {@code AccessDeniedException}. */
    public String code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
