package io.riacho.flink.format;

import java.util.ArrayList;
import java.util.List;

/** Rows and fields of a text. A field that begins with a quote ends with the next one that is not doubled. */
final class CsvRows {

    private final String text;
    private final CsvDelimiters delimiters;
    private int at;

    CsvRows(String text, CsvDelimiters delimiters) {
        this.text = text;
        this.delimiters = delimiters;
    }

    /** Empty rows are none. */
    boolean hasNext() {
        while (text.startsWith(delimiters.row(), at)) {
            at += delimiters.row().length();
        }
        return at < text.length();
    }

    List<String> next() {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(field());
            if (text.startsWith(delimiters.column(), at)) {
                at += delimiters.column().length();
            } else {
                at = Math.min(at + delimiters.row().length(), text.length());
                return withoutReturn(fields);
            }
        }
    }

    private String field() {
        if (text.startsWith("\"", at)) {
            int end = at + 1;
            while (true) {
                end = text.indexOf('"', end);
                if (end < 0) {
                    // Never closed, so the quote is a character like others.
                    break;
                }
                if (text.startsWith("\"\"", end)) {
                    end += 2;
                    continue;
                }
                int after = end + 1;
                if (isEnd(after)) {
                    String quoted = text.substring(at + 1, end).replace("\"\"", "\"");
                    at = after;
                    return quoted;
                }
                break;
            }
        }
        int end = at;
        while (!isEnd(end)) {
            end++;
        }
        String plain = text.substring(at, end);
        at = end;
        return plain;
    }

    private boolean isEnd(int place) {
        return place >= text.length()
                || text.startsWith(delimiters.column(), place)
                || text.startsWith(delimiters.row(), place);
    }

    /** A producer on Windows ends its lines with two characters. */
    private List<String> withoutReturn(List<String> fields) {
        int last = fields.size() - 1;
        String field = fields.get(last);
        if (delimiters.row().equals("\n") && field.endsWith("\r")) {
            fields.set(last, field.substring(0, field.length() - 1));
        }
        return fields;
    }
}
