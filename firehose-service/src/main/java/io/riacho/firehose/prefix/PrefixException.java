package io.riacho.firehose.prefix;

/** A prefix has no value that an object's key can begin with, for these partition keys. Its text is shown to users. */
public final class PrefixException extends Exception {

    private static final long serialVersionUID = 1L;

    PrefixException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
