package io.riacho.kdasql.statement;

import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CREATE FUNCTION name (parameter type, …) RETURNS type CONTAINS SQL RETURN expression}. */
public final class CreateFunction extends DialectStatement {
    private final SqlIdentifier name;
    private final List<TypedName> parameters;
    private final SqlDataTypeSpec type;
    private final SqlNode body;

    public CreateFunction(
            SqlParserPos position, SqlIdentifier name, List<SqlNode> parameters, SqlDataTypeSpec type, SqlNode body) {
        super(position);
        this.name = name;
        this.parameters = TypedName.ofPairs(parameters);
        this.type = type;
        this.body = body;
    }

    public SqlIdentifier name() {
        return name;
    }

    public List<TypedName> parameters() {
        return parameters;
    }

    public SqlDataTypeSpec type() {
        return type;
    }

    public SqlNode body() {
        return body;
    }
}
