package io.riacho.kdasql.statement;

import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code DROP STREAM | PUMP | FUNCTION | VIEW | TABLE name}. */
public final class DropStatement extends DialectStatement {
    private final String objectKind;
    private final SqlIdentifier name;

    public DropStatement(SqlParserPos position, String objectKind, SqlIdentifier name) {
        super(position);
        this.objectKind = objectKind.toUpperCase(Locale.ROOT);
        this.name = name;
    }

    /** In capitals. */
    public String objectKind() {
        return objectKind;
    }

    public SqlIdentifier name() {
        return name;
    }
}
