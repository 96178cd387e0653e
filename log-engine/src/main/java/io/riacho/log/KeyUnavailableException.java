package io.riacho.log;

import org.jspecify.annotations.Nullable;

/** Records cannot be read, or not appended, because the key that they are encrypted with cannot be had. They are not lost. */
public final class KeyUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long keyId;

    public KeyUnavailableException(long keyId, String reason, @Nullable Throwable cause) {
        super("Key " + keyId + " cannot be had: " + reason, cause);
        this.keyId = keyId;
    }

    public long keyId() {
        return keyId;
    }
}
