package io.riacho.analytics.discovery;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;

/** Gives columns names that SQL takes: reserved words begin with {@code COL_}, and no two are the same. */
final class ColumnNames {

    private static final SqlAbstractParserImpl.Metadata WORDS =
            SqlParser.create("").getMetadata();
    private static final int MOST = 200;

    private final Set<String> taken = new HashSet<>();

    String of(String key) {
        String name = key.replaceAll("[^A-Za-z0-9_]", "_");
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            name = "COL_" + name;
        }
        if (name.length() > MOST) {
            name = name.substring(0, MOST);
        }
        String folded = name.toUpperCase(Locale.ROOT);
        if (WORDS.isReservedWord(folded) || folded.equals("ROWTIME")) {
            name = "COL_" + name;
        }
        String unique = name;
        for (int number = 2; !taken.add(unique.toUpperCase(Locale.ROOT)); number++) {
            unique = name + "_" + number;
        }
        return unique;
    }
}
