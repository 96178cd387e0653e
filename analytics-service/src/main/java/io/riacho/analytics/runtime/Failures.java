package io.riacho.analytics.runtime;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** What went wrong in Flink, in a line for people: the cause at the root, without the stack. */
final class Failures {

    private static final int LONGEST = 1000;
    private static final String CAUSED_BY = "Caused by: ";
    private static final Pattern PACKAGE = Pattern.compile("^(?:[a-z_][a-z0-9_]*\\.)+(?=[A-Z])");
    private static final Pattern FRAME =
            Pattern.compile("\\R\\s*(?:at |\\.\\.\\. \\d+ more|Caused by: |Suppressed: |\\[CIRCULAR)");

    private Failures() {}

    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String line(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 50; depth++) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : ofTrace(message);
    }

    /** @param trace as {@code Throwable.printStackTrace} writes it, perhaps after some words */
    static String ofTrace(String trace) {
        int root = trace.lastIndexOf(CAUSED_BY);
        String last = root < 0 ? trace : trace.substring(root + CAUSED_BY.length());
        String message = FRAME.split(last, 2)[0].strip();
        String plain = PACKAGE.matcher(message).replaceFirst("");
        return shorten(plain.isEmpty() ? message : plain);
    }

    static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
