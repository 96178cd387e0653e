package io.riacho.flink.function;

import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_SUBSTRING_SIMILAR(text, pattern, escape)}: the part of the first match that stands between two escaped double
 * quotes of the pattern, NULL if there is none. The match need not span the whole text (AWS's example does not).
 */
public final class SubstringSimilar extends ScalarFunction {
    private transient Regexes regexes = new Regexes(Regex::of);

    @Override
    public void open(FunctionContext context) {
        regexes = new Regexes(Regex::of);
    }

    public @Nullable String eval(@Nullable String text, @Nullable String pattern, @Nullable String escape) {
        if (text == null || pattern == null || escape == null) {
            return null;
        }
        String regex = SimilarPattern.part(pattern, escape);
        Regex known = regex == null ? null : regexes.of(regex);
        int[] found = known == null ? null : known.find(text, 0);
        return found == null || found[2] < 0 ? null : text.substring(found[2], found[3]);
    }
}
