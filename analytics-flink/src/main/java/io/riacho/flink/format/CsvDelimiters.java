package io.riacho.flink.format;

import java.io.Serializable;
import org.apache.flink.table.api.ValidationException;

/** What is between rows and between columns. Not empty, and not equal. */
record CsvDelimiters(String row, String column) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * @param row as an application gives it, where an escape such as {@code \n} may be spelt out
     * @throws ValidationException where they cannot be told apart
     */
    static CsvDelimiters of(String row, String column) {
        CsvDelimiters delimiters = new CsvDelimiters(unescaped(row), unescaped(column));
        if (delimiters.row.isEmpty() || delimiters.column.isEmpty() || delimiters.row.equals(delimiters.column)) {
            throw new ValidationException("The delimiters of rows and columns cannot be told apart");
        }
        return delimiters;
    }

    static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    }
}
