package io.riacho.analytics.runtime;

import io.riacho.analytics.job.CodeException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From what Flink's planner says of a statement to what is wrong with the code, and where. */
final class CodeErrors {

    private static final Pattern POSITION = Pattern.compile("(?:at|From) line (\\d+), column (\\d+)");
    private static final Pattern PREFIX = Pattern.compile("^SQL (?:parse|validation) failed\\. ");
    /** What follows lists options and their values, of which some are nobody else's business. */
    private static final Pattern OPTIONS = Pattern.compile("\\s*Table options are:.*", Pattern.DOTALL);

    private static final Pattern EXPECTED = Pattern.compile("\\s*Was expecting(?: one of)?:.*", Pattern.DOTALL);

    private CodeErrors() {}

    /**
     * @param statement where no better position is known, the error is where it begins: a statement that is led by the blank lines of
     *     the code before it has its errors at their place in the code
     */
    static CodeException of(Throwable failure, String statement) {
        Matcher position = position(failure);
        if (position != null) {
            return new CodeException(
                    message(failure), Integer.parseInt(position.group(1)), Integer.parseInt(position.group(2)));
        }
        return at(message(failure), statement);
    }

    static CodeException at(String message, String statement) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < statement.length() && Character.isWhitespace(statement.charAt(i)); i++) {
            if (statement.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new CodeException(message, line, column);
    }

    private static @Nullable Matcher position(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause.getMessage() != null) {
                Matcher position = POSITION.matcher(cause.getMessage());
                if (position.find()) {
                    return position;
                }
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** The outer words where they hold the position, else the words of the root, which say what is missing. */
    private static String message(Throwable failure) {
        Throwable told = failure;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 50; depth++) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                told = cause;
                if (POSITION.matcher(message).find()) {
                    break;
                }
            }
            cause = cause.getCause();
        }
        String message = told.getMessage();
        String text = message == null ? told.getClass().getSimpleName() : message;
        String words = PREFIX.matcher(text).replaceFirst("");
        return Failures.shorten(EXPECTED.matcher(OPTIONS.matcher(words).replaceFirst(""))
                .replaceFirst("")
                .strip());
    }
}
