package io.riacho.kdasql;

import java.util.Map;
import java.util.stream.Collectors;

/** Pieces of Flink SQL text. */
final class Text {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Text() {}

    static String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    static String options(Map<String, String> options) {
        return options.entrySet().stream()
                .map(e -> "  " + literal(e.getKey()) + " = " + literal(e.getValue()))
                .collect(Collectors.joining(",\n", "WITH (\n", "\n)"));
    }

    /** An interval literal; Flink takes two digits of a unit only. */
    static String interval(long millis) {
        long positive = Math.abs(millis);
        String sign = millis < 0 ? "-" : "";
        if (positive % DAY == 0 && positive > 0 && positive / DAY < 100) {
            return "INTERVAL '" + sign + positive / DAY + "' DAY";
        }
        if (positive % HOUR == 0 && positive > 0 && positive / HOUR < 100) {
            return "INTERVAL '" + sign + positive / HOUR + "' HOUR";
        }
        if (positive % MINUTE == 0 && positive > 0 && positive / MINUTE < 100) {
            return "INTERVAL '" + sign + positive / MINUTE + "' MINUTE";
        }
        if (positive / SECOND < 100) {
            String fraction = positive % SECOND == 0 ? "" : ".%03d".formatted(positive % SECOND);
            return "INTERVAL '" + sign + positive / SECOND + fraction + "' SECOND";
        }
        return "INTERVAL '%s%d %02d:%02d:%02d.%03d' DAY%s TO SECOND"
                .formatted(
                        sign,
                        positive / DAY,
                        positive / HOUR % 24,
                        positive / MINUTE % 60,
                        positive / SECOND % 60,
                        positive % SECOND,
                        positive / DAY < 100
                                ? ""
                                : "(" + Long.toString(positive / DAY).length() + ")");
    }
}
