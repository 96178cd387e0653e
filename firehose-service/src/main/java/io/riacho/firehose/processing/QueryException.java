package io.riacho.firehose.processing;

/** A query has no partition keys for a record. Its text is shown to users. */
final class QueryException extends Exception {

    private static final long serialVersionUID = 1L;

    QueryException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
