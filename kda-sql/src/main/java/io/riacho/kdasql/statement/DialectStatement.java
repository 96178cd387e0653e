package io.riacho.kdasql.statement;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A statement that only the dialect has; it is read by its own members, not by Calcite's validator. */
public abstract sealed class DialectStatement extends SqlCall
        permits AlterPump, CreateFunction, CreatePump, CreateStream, DropStatement {
    private static final SqlOperator OPERATOR = new SqlSpecialOperator("DIALECT STATEMENT", SqlKind.OTHER_DDL);

    DialectStatement(SqlParserPos position) {
        super(position);
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of();
    }
}
