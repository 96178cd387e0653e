package io.riacho.firehose.delivery;

/** A delivery has failed for so long that its memory is given up: its records are read again later. */
final class StalledException extends Exception {

    private static final long serialVersionUID = 1L;

    StalledException(String message) {
        super(message);
    }
}
