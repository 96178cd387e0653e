package io.riacho.analytics.job;

/** An application's code is wrong; the message says what, and where if that is known. */
public final class CodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /** @param line of the code, from 1; 0 where it is not known */
    public CodeException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
