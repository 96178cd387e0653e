package io.riacho.kdasql.statement;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CREATE [OR REPLACE] PUMP name [STOPPED] AS INSERT INTO stream [(columns)] query}. */
public final class CreatePump extends DialectStatement {
    private final SqlIdentifier name;
    private final boolean stopped;
    private final SqlInsert insert;

    public CreatePump(SqlParserPos position, SqlIdentifier name, boolean stopped, SqlInsert insert) {
        super(position);
        this.name = name;
        this.stopped = stopped;
        this.insert = insert;
    }

    public SqlIdentifier name() {
        return name;
    }

    public boolean stopped() {
        return stopped;
    }

    public SqlInsert insert() {
        return insert;
    }
}
