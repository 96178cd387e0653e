package io.riacho.firehose.catalog;

/** A role may not read a table. Its text is shown to users: no secrets. */
public final class TableAccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TableAccessException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
