package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_VARIABLE_COLUMN_LOG_PARSE(text, columns, delimiter[, escape[, quotes]])}: columns between delimiters. What follows
 * the escape, or stands between the quotes (one or two characters), is no delimiter. Columns that are missing are NULL, more
 * than are described do not count.
 */
public final class VariableColumnLogParse extends ColumnLogParser {
    @Override
    List<Integer> arguments() {
        return List.of(3, 4, 5);
    }

    @Override
    void check(CallContext call, LogColumns columns) {}

    public @Nullable Row eval(@Nullable String text, @Nullable String columns, @Nullable String delimiter) {
        return parse(text, columns, delimiter, "", "");
    }

    public @Nullable Row eval(
            @Nullable String text, @Nullable String columns, @Nullable String delimiter, @Nullable String escape) {
        return parse(text, columns, delimiter, escape, "");
    }

    public @Nullable Row eval(
            @Nullable String text,
            @Nullable String columns,
            @Nullable String delimiter,
            @Nullable String escape,
            @Nullable String quotes) {
        return parse(text, columns, delimiter, escape, quotes);
    }

    private @Nullable Row parse(
            @Nullable String text,
            @Nullable String description,
            @Nullable String delimiter,
            @Nullable String escape,
            @Nullable String quotes) {
        if (text == null || description == null || delimiter == null || delimiter.isEmpty() || quotes == null) {
            return null;
        }
        LogColumns columns = described(description);
        return columns == null || quotes.length() > 2
                ? null
                : row(columns, split(text, delimiter, escape == null ? "" : escape, quotes));
    }

    private static List<@Nullable String> split(String text, String delimiter, String escape, String quotes) {
        List<@Nullable String> texts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char closing = quotes.isEmpty() ? 0 : quotes.charAt(quotes.length() - 1);
        boolean quoted = false;
        int i = 0;
        while (i < text.length()) {
            if (!escape.isEmpty() && text.startsWith(escape, i) && i + escape.length() < text.length()) {
                i += escape.length();
                int length = text.startsWith(delimiter, i) ? delimiter.length() : 1;
                part.append(text, i, i + length);
                i += length;
            } else if (quoted) {
                quoted = text.charAt(i) != closing;
                if (quoted) {
                    part.append(text.charAt(i));
                }
                i++;
            } else if (!quotes.isEmpty() && text.charAt(i) == quotes.charAt(0)) {
                quoted = true;
                i++;
            } else if (text.startsWith(delimiter, i)) {
                texts.add(part.toString());
                part.setLength(0);
                i += delimiter.length();
            } else {
                part.append(text.charAt(i++));
            }
        }
        texts.add(part.toString());
        return texts;
    }
}
