package io.riacho.flink.source;

/** A stream cannot be read; its text is for those who run the job. */
final class StreamReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StreamReadException(String message, Throwable cause) {
        super(message, cause);
    }
}
