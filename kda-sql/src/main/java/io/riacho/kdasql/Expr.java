package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A translated expression.
 *
 * @param text Flink SQL
 * @param type in the dialect; an interval is a BIGINT of milliseconds to Flink
 * @param atomic whether the text may stand next to any operator without parentheses
 * @param rowtime whether it is the ROWTIME of a row
 * @param failures conditions, never NULL, under which the dialect fails the row, which Flink would not do or would end the job for; the text is NULL then
 */
record Expr(String text, Type type, boolean atomic, boolean rowtime, List<String> failures) {
    static Expr atom(String text, Type type) {
        return new Expr(text, type, true, false, List.of());
    }

    static Expr rowtime(String text) {
        return new Expr(text, Type.TIMESTAMP, true, true, List.of());
    }

    /** An expression that fails where one of its parts does. */
    static Expr call(String text, Type type, Expr... parts) {
        return new Expr(text, type, true, false, failures(Arrays.asList(parts)));
    }

    static Expr call(String text, Type type, List<Expr> parts) {
        return new Expr(text, type, true, false, failures(parts));
    }

    static Expr operation(String text, Type type, Expr... parts) {
        return new Expr(text, type, false, false, failures(Arrays.asList(parts)));
    }

    static List<String> failures(List<Expr> parts) {
        Set<String> failures = new LinkedHashSet<>();
        parts.forEach(p -> failures.addAll(p.failures));
        return List.copyOf(failures);
    }

    /** For use as an operand. */
    String operand() {
        return atomic ? text : "(" + text + ")";
    }

    Expr failing(String condition) {
        List<String> more = new ArrayList<>(failures);
        if (!more.contains(condition)) {
            more.add(condition);
        }
        return new Expr(text, type, atomic, rowtime, List.copyOf(more));
    }

    Expr withFailures(List<String> conditions) {
        return new Expr(text, type, atomic, rowtime, List.copyOf(conditions));
    }

    Expr as(Type other) {
        return new Expr(text, other, atomic, rowtime, failures);
    }

    /** All failures as one condition, or {@code FALSE}. */
    String failure() {
        return failures.isEmpty() ? "FALSE" : or(failures);
    }

    static String or(List<String> conditions) {
        return conditions.size() == 1 ? conditions.getFirst() : "(" + String.join(" OR ", conditions) + ")";
    }
}
