package io.riacho.flink.sink;

/** Records cannot be sent; its text is for those who run the job. */
final class SinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SinkException(String destination, Throwable cause) {
        super("No records can be sent to " + destination + ": " + cause.getMessage(), cause);
    }
}
