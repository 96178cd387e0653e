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
 * millions: their size is followed by counting names, which is too high where a column has the name of a view, and never too low.
 */
final class CodeLimits {

    static final int LONGEST = 1 << 20;
    static final int MOST_STATEMENTS = 1000;
    static final int MOST_INSERTS = 100;
    static final long MOST_EXPANDED = 500;

    private static final Pattern NAME = Pattern.compile("`((?:[^`]|``)+)`|[\\p{L}_][\\p{L}\\p{N}_$]*");

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

    private long size(String statement) {
        long size = 0;
        Matcher names = NAME.matcher(statement);
        while (names.find()) {
            String quoted = names.group(1);
            String name = quoted == null ? names.group() : quoted.replace("``", "`");
            size = Math.min(Integer.MAX_VALUE, size + sizes.getOrDefault(name.toLowerCase(Locale.ROOT), 0L));
        }
        return size;
    }
}
