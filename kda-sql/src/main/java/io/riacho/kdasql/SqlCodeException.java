package io.riacho.kdasql;

import org.apache.calcite.sql.parser.SqlParserPos;

/** Application code that cannot be run, with the place in it. */
public final class SqlCodeException extends RuntimeException {
    private final int line;
    private final int column;

    public SqlCodeException(int line, int column, String reason) {
        super(line > 0 ? "line " + line + ", column " + column + ": " + reason : reason);
        this.line = line;
        this.column = column;
    }

    SqlCodeException(SqlParserPos position, String reason) {
        this(position.getLineNum(), position.getColumnNum(), reason);
    }

    /** From 1; 0 where the error has no place in the code. */
    public int line() {
        return line;
    }

    /** From 1; 0 where the error has no place in the code. */
    public int column() {
        return column;
    }
}
