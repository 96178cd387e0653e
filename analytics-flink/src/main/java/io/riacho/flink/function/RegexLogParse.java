package io.riacho.flink.function;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** {@code KDA_REGEX_LOG_PARSE(text, regex)}: a column for each group of the expression, which the whole text must match. */
public final class RegexLogParse extends LogParser {
    private transient Regexes regexes = new Regexes(Regex::of);

    @Override
    public void open(FunctionContext context) {
        regexes = new Regexes(Regex::of);
    }

    @Override
    List<Integer> arguments() {
        return List.of(2);
    }

    @Override
    List<DataTypes.Field> columns(CallContext call) {
        Regex regex = Regex.of(literal(call, 1));
        if (regex == null || regex.groups() == 0) {
            throw new ValidationException(
                    call.getName() + ": '" + literal(call, 1) + "' is not a regular expression with groups");
        }
        return texts(regex.groups());
    }

    public @Nullable Row eval(@Nullable String text, @Nullable String regex) {
        if (text == null || regex == null) {
            return null;
        }
        Regex known = regexes.of(regex);
        int[] found = known == null ? null : known.match(text);
        return found == null ? null : groups(text, found);
    }

    /** The groups as a row. */
    static Row groups(String text, int[] found) {
        Row row = new Row(found.length / 2 - 1);
        for (int i = 0; i < row.getArity(); i++) {
            int begin = found[2 * i + 2];
            row.setField(i, begin < 0 ? null : text.substring(begin, found[2 * i + 3]));
        }
        return row;
    }
}
