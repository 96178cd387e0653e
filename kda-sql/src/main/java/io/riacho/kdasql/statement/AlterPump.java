package io.riacho.kdasql.statement;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code ALTER PUMP name START | STOP}. */
public final class AlterPump extends DialectStatement {
    private final SqlIdentifier name;
    private final boolean start;

    public AlterPump(SqlParserPos position, SqlIdentifier name, boolean start) {
        super(position);
        this.name = name;
        this.start = start;
    }

    public SqlIdentifier name() {
        return name;
    }

    public boolean start() {
        return start;
    }
}
