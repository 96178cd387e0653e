package io.riacho.analytics.runtime;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobSpecification;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bounds the code of one application before the planner sees it. Views are expanded wherever they are named, so a few lines can stand for
 * millions: their size is followed by counting names, which is too high where a column has the name of a view, and never too low. CUBE
 * stands for a query for each set of its columns.
 */
final class CodeLimits {

    static final int LONGEST = 1 << 20;
    static final int MOST_STATEMENTS = 1000;
    static final int MOST_INSERTS = 100;
    static final long MOST_EXPANDED = 500;
    static final int DEEPEST = 500;

    private static final Pattern NAME = Pattern.compile("`((?:[^`]|``)+)`|[\\p{L}_][\\p{L}\\p{N}_$]*");

    private static final Pattern GROUPINGS =
            Pattern.compile("\\b(CUBE|ROLLUP|GROUPING\\s+SETS)\\s*\\(", Pattern.CASE_INSENSITIVE);
    /** Comments and text, in which there is no code. */
    private static final Pattern NO_CODE = Pattern.compile("--[^\\n]*|/\\*(?:(?s:.)*?)\\*/|'(?:[^']|'')*+'");
    /** More columns than these have more sets than are taken. */
    private static final int MOST_CUBED = 20;

    private final Map<String, Long> sizes = new HashMap<>();
    private long expanded;

    static void check(JobSpecification job) {
        long length = 0;
        for (String statement : job.statements()) {
            length += statement.length();
        }
        for (String insert : job.inserts()) {
            length += insert.length();
        }
        if (length > LONGEST) {
            throw new CodeException("The code is longer than " + LONGEST + " characters", 0, 0);
        }
        if (job.statements().size() > MOST_STATEMENTS) {
            throw new CodeException("There are more than " + MOST_STATEMENTS + " statements", 0, 0);
        }
        if (job.inserts().isEmpty()) {
            throw new CodeException("There is no INSERT, so the application computes nothing", 0, 0);
        }
        if (job.inserts().size() + job.previews().size() > MOST_INSERTS) {
            throw new CodeException("There are more than " + MOST_INSERTS + " INSERTs and streams to look at", 0, 0);
        }
    }

    /** Before a statement is planned. */
    void planned(String statement) {
        nested(statement);
        if (size(statement) > MOST_EXPANDED) {
            throw CodeErrors.at(
                    "The statement is too large: with its views expanded it reads more than " + MOST_EXPANDED
                            + " tables",
                    statement);
        }
    }

    void defined(String view, String statement) {
        sizes.put(view.toLowerCase(Locale.ROOT), Math.max(1, size(statement)));
    }

    void inserted(String insert) {
        planned(insert);
        expanded += size(insert);
        if (expanded > MOST_EXPANDED) {
            throw CodeErrors.at(
                    "The code is too large: with its views expanded it reads more than " + MOST_EXPANDED + " tables",
                    insert);
        }
    }

    private static void nested(String statement) {
        String code = NO_CODE.matcher(statement).replaceAll(" ");
        int depth = 0;
        for (int i = 0; i < code.length(); i++) {
            depth += code.charAt(i) == '(' ? 1 : code.charAt(i) == ')' ? -1 : 0;
            if (depth > DEEPEST) {
                throw CodeErrors.at("The code is nested more than " + DEEPEST + " parentheses deep", statement);
            }
        }
    }

    /** Tables that are read with all views expanded, each for as often as it is grouped; 0 where it has no view and no groupings. */
    private long size(String statement) {
        String code = NO_CODE.matcher(statement).replaceAll(" ");
        long size = 0;
        Matcher names = NAME.matcher(code);
        while (names.find()) {
            String quoted = names.group(1);
            String name = quoted == null ? names.group() : quoted.replace("``", "`");
            size = Math.min(Integer.MAX_VALUE, size + sizes.getOrDefault(name.toLowerCase(Locale.ROOT), 0L));
        }
        long groupings = groupings(code);
        return groupings == 1 ? size : Math.min(Integer.MAX_VALUE, Math.max(1, size) * groupings);
    }

    /** How many sets of columns the rows are grouped by, at the most. */
    private static long groupings(String code) {
        long groupings = 1;
        Matcher found = GROUPINGS.matcher(code);
        while (found.find()) {
            int elements = elements(code, found.end());
            long sets = Character.toUpperCase(found.group(1).charAt(0)) == 'C'
                    ? 1L << Math.min(MOST_CUBED, elements)
                    : elements + 1;
            groupings = Math.min(Integer.MAX_VALUE, groupings * sets);
        }
        return groupings;
    }

    /** Between commas, up to the parenthesis that closes what was opened before. */
    private static int elements(String code, int from) {
        int elements = 1;
        int depth = 1;
        for (int i = from; i < code.length() && depth > 0; i++) {
            switch (code.charAt(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ',' -> elements += depth == 1 ? 1 : 0;
                default -> {}
            }
        }
        return elements;
    }
}
