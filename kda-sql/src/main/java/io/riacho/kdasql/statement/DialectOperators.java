package io.riacho.kdasql.statement;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;

/** Operators of the dialect's own syntax, as the grammar makes calls of them. */
public final class DialectOperators {
    /** {@code STEP(value BY step)}. */
    public static final SqlOperator STEP = new SqlSpecialOperator("STEP", SqlKind.OTHER_FUNCTION);

    /** {@code SUBSTRING(text, start [, length])}, which differs from {@code SUBSTRING(… FROM …)} past the text's end. */
    public static final SqlOperator SUBSTRING_COMMA = new SqlSpecialOperator("SUBSTRING", SqlKind.OTHER_FUNCTION);

    /** {@code WINDOWED BY STAGGER (PARTITION BY keys RANGE size)}: operands are the list of keys and the size. */
    public static final SqlOperator STAGGER = new SqlSpecialOperator("WINDOWED BY STAGGER", SqlKind.OTHER);

    private DialectOperators() {}
}
