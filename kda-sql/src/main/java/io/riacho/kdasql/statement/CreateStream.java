package io.riacho.kdasql.statement;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CREATE [OR REPLACE] STREAM name (column type [NOT NULL], …) [DESCRIPTION '…']}. */
public final class CreateStream extends DialectStatement {
    private final SqlIdentifier name;
    private final List<TypedName> columns;

    public CreateStream(SqlParserPos position, SqlIdentifier name, List<SqlNode> columns) {
        super(position);
        this.name = name;
        this.columns = TypedName.ofPairs(columns);
    }

    public SqlIdentifier name() {
        return name;
    }

    public List<TypedName> columns() {
        return columns;
    }
}
