package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_FIXED_COLUMN_LOG_PARSE(text, columns)}: columns that begin at a place, counted from 0, and are so long, or go on
 * to the next one.
 */
public final class FixedColumnLogParse extends ColumnLogParser {
    @Override
    List<Integer> arguments() {
        return List.of(2);
    }

    @Override
    void check(CallContext call, LogColumns columns) {
        for (LogColumns.Column column : columns.columns()) {
            if (column.start() < 0) {
                throw new ValidationException(call.getName() + ": column " + column.name() + " has no START");
            }
        }
    }

    public @Nullable Row eval(@Nullable String text, @Nullable String description) {
        LogColumns columns = text == null || description == null ? null : described(description);
        if (text == null || columns == null) {
            return null;
        }
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < columns.columns().size(); i++) {
            LogColumns.Column column = columns.columns().get(i);
            int next = i + 1 < columns.columns().size()
                    ? columns.columns().get(i + 1).start()
                    : text.length();
            long end = column.length() >= 0 ? (long) column.start() + column.length() : Math.max(next, column.start());
            texts.add(
                    column.start() < text.length()
                            ? text.substring(column.start(), (int) Math.min(end, text.length()))
                            : null);
        }
        return row(columns, texts);
    }
}
