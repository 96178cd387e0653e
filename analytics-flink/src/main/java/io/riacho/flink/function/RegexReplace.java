package io.riacho.flink.function;

import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_REGEX_REPLACE(text, regex, replacement, start, occurrence)}: replaces the n-th match at or after a position
 * counted from 1, all of them for 0; in the replacement {@code $1} is a group, as in Java. NULL for a position below 1 or an
 * occurrence below 0; the text as it is for a position past its end.
 */
public final class RegexReplace extends ScalarFunction {
    private transient Regexes regexes = new Regexes(Regex::of);

    @Override
    public void open(FunctionContext context) {
        regexes = new Regexes(Regex::of);
    }

    public @Nullable String eval(
            @Nullable String text,
            @Nullable String regex,
            @Nullable String replacement,
            @Nullable Integer start,
            @Nullable Integer occurrence) {
        if (text == null || regex == null || replacement == null || start == null || occurrence == null) {
            return null;
        }
        Regex known = regexes.of(regex);
        if (known == null || start < 1 || occurrence < 0) {
            return null;
        }
        StringBuilder result = new StringBuilder();
        int copied = 0;
        int from = start - 1;
        for (int n = 1; from <= text.length(); n++) {
            int[] found = known.find(text, from);
            if (found == null) {
                break;
            }
            if (occurrence == 0 || occurrence == n) {
                result.append(text, copied, found[0]);
                if (!expand(result, replacement, text, found)) {
                    return null;
                }
                copied = found[1];
            }
            if (occurrence == n) {
                break;
            }
            from = found[1] > found[0] ? found[1] : found[1] + 1;
        }
        return result.append(text, copied, text.length()).toString();
    }

    private static boolean expand(StringBuilder to, String replacement, String text, int[] found) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c != '\\' && c != '$') {
                to.append(c);
                continue;
            }
            if (++i == replacement.length()) {
                return false;
            }
            char next = replacement.charAt(i);
            if (c == '\\') {
                to.append(next);
                continue;
            }
            int group = next - '0';
            if (group < 0 || group > 9 || 2 * group >= found.length) {
                return false;
            }
            while (i + 1 < replacement.length()
                    && Character.isDigit(replacement.charAt(i + 1))
                    && 2 * (group * 10 + replacement.charAt(i + 1) - '0') < found.length) {
                group = group * 10 + replacement.charAt(++i) - '0';
            }
            if (found[2 * group] >= 0) {
                to.append(text, found[2 * group], found[2 * group + 1]);
            }
        }
        return true;
    }
}
