package io.riacho.flink.format;

/** A value has no place in its column. Without a stack, because there may be one for each record. */
final class CoercionException extends Exception {

    private static final long serialVersionUID = 1L;

    CoercionException(String message) {
        super(message, null, false, false);
    }
}
