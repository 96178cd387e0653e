package io.riacho.flink.function;

import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_W3C_LOG_PARSE(text, format)}: a line of a web server's log, a column (text) for each specifier of the format,
 * which is {@code COMMON}, {@code COMMON WITH VHOST}, {@code NCSA EXTENDED} (or {@code COMBINED}), {@code REFERER}, {@code AGENT}, or
 * Apache's own notation ({@code %h %l %u %t "%r" %>s %b}; the name of a header in brackets or braces).
 */
public final class W3cLogParse extends LogParser {
    private static final String CLF = "%h %l %u %t \"%r\" %>s %b";
    private static final String EXTENDED = CLF + " \"%[Referer]i\" \"%[User-agent]i\"";
    private static final Map<String, String> FORMATS = Map.of(
            "COMMON",
            CLF,
            "COMMON WITH VHOST",
            "%v " + CLF,
            "NCSA EXTENDED",
            EXTENDED,
            "COMBINED",
            EXTENDED,
            "REFERER",
            "%[Referer]i ---> %U",
            "AGENT",
            "%[User-agent]i");

    private transient Regexes regexes = new Regexes(W3cLogParse::regex);

    @Override
    public void open(FunctionContext context) {
        regexes = new Regexes(W3cLogParse::regex);
    }

    @Override
    List<Integer> arguments() {
        return List.of(2);
    }

    @Override
    List<DataTypes.Field> columns(CallContext call) {
        Regex regex = regex(literal(call, 1));
        if (regex == null || regex.groups() == 0) {
            throw new ValidationException(
                    call.getName() + ": '" + literal(call, 1) + "' is not a format of a web server's log");
        }
        return texts(regex.groups());
    }

    public @Nullable Row eval(@Nullable String text, @Nullable String format) {
        if (text == null || format == null) {
            return null;
        }
        Regex known = regexes.of(format);
        int[] found = known == null ? null : known.match(text);
        return found == null ? null : RegexLogParse.groups(text, found);
    }

    /** What stands between quotes may hold escaped quotes, a time stands in brackets, the rest ends at a blank. */
    private static @Nullable Regex regex(String name) {
        String format = FORMATS.getOrDefault(name, name).replace("\\\"", "\"");
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                regex.append(c == ' ' ? " +" : "\\Q" + c + "\\E");
                continue;
            }
            boolean quoted = i > 0 && format.charAt(i - 1) == '"';
            int end = specifier(format, i + 1);
            if (end < 0) {
                return null;
            }
            char specifier = format.charAt(end);
            if (specifier == '%') {
                regex.append('%');
            } else if (quoted) {
                regex.append("((?:[^\"\\\\]|\\\\.)*)");
            } else if (specifier == 't') {
                regex.append("(\\[[^\\]]*\\]|[^ ]+)");
            } else {
                regex.append(end == format.length() - 1 ? "(.*)" : "([^ ]*)");
            }
            i = end;
        }
        return Regex.of(regex.toString());
    }

    /** The index of the letter of a specifier, past its conditions, its redirection sign and its name; -1 if there is none. */
    private static int specifier(String format, int from) {
        int i = from;
        while (i < format.length() && "!,0123456789<>".indexOf(format.charAt(i)) >= 0) {
            i++;
        }
        if (i < format.length() && (format.charAt(i) == '[' || format.charAt(i) == '{')) {
            i = format.indexOf(format.charAt(i) == '[' ? ']' : '}', i) + 1;
            if (i == 0) {
                return -1;
            }
        }
        return i < format.length() && "%aABbCDefhHilmnopPqrstTuUvVXIO".indexOf(format.charAt(i)) >= 0 ? i : -1;
    }
}
