package io.riacho.firehose.destination.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names of SQL: read as SQL reads them ({@code Schema.Table} is {@code schema.table}, {@code "Schema"."Table"} is not), and
 * always written in quotes, so that nothing in them is ever taken for SQL.
 */
public final class SqlName {

    private static final int LONGEST = 127;

    private final String text;
    private final String member;
    private int at;

    private SqlName(String text, String member) {
        this.text = text;
        this.member = member;
    }

    /** Reads the name of a table, with its schema or without: one or two parts. */
    public static List<String> table(String text, String member) {
        SqlName reader = new SqlName(text, member);
        List<String> parts = reader.names('.');
        if (parts.size() > 2) {
            throw InvalidWarehouse.of(member + " has to be TABLE or SCHEMA.TABLE");
        }
        return parts;
    }

    /** Reads names of columns, separated by commas; none where the text is empty. */
    public static List<String> columns(String text, String member) {
        return text.isBlank() ? List.of() : new SqlName(text, member).names(',');
    }

    /** Writes a name in quotes. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Writes names in quotes, with something between them. */
    public static String quoted(List<String> names, String separator) {
        StringBuilder out = new StringBuilder();
        for (String name : names) {
            out.append(out.isEmpty() ? "" : separator).append(quoted(name));
        }
        return out.toString();
    }

    private List<String> names(char separator) {
        List<String> names = new ArrayList<>();
        do {
            skipSpaces();
            names.add(name());
            skipSpaces();
        } while (take(separator));
        if (at < text.length()) {
            throw invalid();
        }
        return names;
    }

    private String name() {
        String name = take('"') ? quotedName() : plainName();
        if (name.isEmpty() || name.length() > LONGEST || name.indexOf('\0') >= 0) {
            throw invalid();
        }
        return name;
    }

    private String plainName() {
        int from = at;
        while (at < text.length() && isPart(text.charAt(at), at == from)) {
            at++;
        }
        return text.substring(from, at).toLowerCase(Locale.ROOT);
    }

    private static boolean isPart(char c, boolean first) {
        return c == '_' || Character.isLetter(c) || (!first && (c == '$' || Character.isDigit(c)));
    }

    private String quotedName() {
        StringBuilder name = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                name.append(c);
            } else if (take('"')) {
                name.append('"');
            } else {
                return name.toString();
            }
        }
        throw invalid();
    }

    private boolean take(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private RuntimeException invalid() {
        return InvalidWarehouse.of(
                "CopyCommand." + member + " is no SQL name: letters, digits, _ and $, or anything in double quotes");
    }
}
