package io.riacho.flink.function;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** A line whose columns are described: see {@link LogColumns}. A value that is none of its type makes the whole row NULL. */
public abstract class ColumnLogParser extends LogParser {
    private static final int KEPT = 64;

    private transient Map<String, Optional<LogColumns>> known = new LinkedHashMap<>();

    @Override
    public void open(FunctionContext context) {
        known = new LinkedHashMap<>();
    }

    @Override
    List<DataTypes.Field> columns(CallContext call) {
        LogColumns columns = LogColumns.of(literal(call, 1));
        if (columns == null) {
            throw new ValidationException(call.getName() + ": '" + literal(call, 1) + "' does not describe columns");
        }
        check(call, columns);
        return columns.fields();
    }

    abstract void check(CallContext call, LogColumns columns);

    final @Nullable LogColumns described(String description) {
        if (known.size() >= KEPT) {
            known.clear();
        }
        return known.computeIfAbsent(description, text -> Optional.ofNullable(LogColumns.of(text)))
                .orElse(null);
    }

    /** The row of the texts of its columns, NULL where there is none. */
    static @Nullable Row row(LogColumns columns, List<@Nullable String> texts) {
        Row row = new Row(columns.columns().size());
        for (int i = 0; i < row.getArity(); i++) {
            LogColumns.Column column = columns.columns().get(i);
            String text = i < texts.size() ? texts.get(i) : null;
            Object value = columns.value(column, text);
            if (!columns.accepts(column, text, value)) {
                return null;
            }
            row.setField(i, value);
        }
        return row;
    }
}
