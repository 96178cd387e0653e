package io.riacho.flink.function;

import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_SUBSTRING_REGEX(text, regex)}: the first part that matches, NULL if there is none. */
public final class SubstringRegex extends ScalarFunction {
    private transient Regexes regexes = new Regexes(Regex::of);

    @Override
    public void open(FunctionContext context) {
        regexes = new Regexes(Regex::of);
    }

    public @Nullable String eval(@Nullable String text, @Nullable String regex) {
        if (text == null || regex == null) {
            return null;
        }
        Regex known = regexes.of(regex);
        int[] found = known == null ? null : known.find(text, 0);
        return found == null ? null : text.substring(found[0], found[1]);
    }
}
