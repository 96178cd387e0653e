package io.riacho.flink.function;

import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_SIMILAR(text, pattern[, escape])}: SIMILAR TO; NULL if the pattern is none. */
public final class Similar extends ScalarFunction {
    private transient Regexes regexes = new Regexes(Regex::of);

    @Override
    public void open(FunctionContext context) {
        regexes = new Regexes(Regex::of);
    }

    public @Nullable Boolean eval(@Nullable String text, @Nullable String pattern) {
        return eval(text, pattern, "");
    }

    public @Nullable Boolean eval(@Nullable String text, @Nullable String pattern, @Nullable String escape) {
        if (text == null || pattern == null || escape == null) {
            return null;
        }
        String regex = SimilarPattern.whole(pattern, escape);
        Regex known = regex == null ? null : regexes.of(regex);
        return known == null ? null : known.match(text) != null;
    }
}
