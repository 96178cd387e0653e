package io.riacho.firehose.destination.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a record as the rows of a {@code COPY}. A record can have several rows; none of them reaches into the next record.
 * Not safe for use by several threads.
 */
final class CopyRows {

    /** A record that has no rows to load. Its text is shown to users. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private static final byte[] END_OF_DATA = "\\.".getBytes(StandardCharsets.US_ASCII);

    private final CopyFormat format;
    private final JsonObjects objects = new JsonObjects();

    CopyRows(CopyFormat format) {
        this.format = format;
    }

    /** @throws Malformed where it is no record of this format; what is written then is of no use */
    void write(byte[] record, ByteArrayOutputStream out) throws Malformed {
        switch (format) {
            case CopyFormat.Json ignored -> objects.forEach(record, (from, to) -> json(record, from, to, out));
            case CopyFormat.Csv csv -> csv(record, csv, out);
            case CopyFormat.Delimited ignored -> delimited(record, out);
        }
    }

    /** In a valid JSON text line ends and tabs are only between its tokens. */
    private static void json(byte[] record, int from, int to, ByteArrayOutputStream out) {
        for (int at = from; at < to; at++) {
            byte b = record[at];
            if (b == '\\') {
                out.write('\\');
            }
            out.write(b == '\n' || b == '\r' || b == '\t' ? ' ' : b);
        }
        out.write('\n');
    }

    private static void csv(byte[] record, CopyFormat.Csv csv, ByteArrayOutputStream out) throws Malformed {
        int end = withoutLineEnd(record);
        boolean quoted = false;
        int line = 0;
        for (int at = 0; at < end; at++) {
            if (record[at] == csv.quote()) {
                quoted = !quoted;
            } else if (record[at] == '\n') {
                checkLine(record, line, at);
                line = at + 1;
            }
        }
        checkLine(record, line, end);
        if (quoted) {
            throw new Malformed("a quoted field does not end within the record");
        }
        out.write(record, 0, end);
        out.write('\n');
    }

    /** A line of {@code \.} ends a {@code COPY}: what follows it would be lost. */
    private static void checkLine(byte[] record, int from, int to) throws Malformed {
        int end = to > from && record[to - 1] == '\r' ? to - 1 : to;
        if (end - from == 2 && record[from] == END_OF_DATA[0] && record[from + 1] == END_OF_DATA[1]) {
            throw new Malformed("a line of it is \\. alone, which ends a COPY");
        }
    }

    /** As with Redshift without {@code ESCAPE}, a backslash is a character like others. */
    private static void delimited(byte[] record, ByteArrayOutputStream out) {
        int end = withoutLineEnd(record);
        for (int at = 0; at < end; at++) {
            if (record[at] == '\\') {
                out.write('\\');
            }
            out.write(record[at]);
        }
        out.write('\n');
    }

    private static int withoutLineEnd(byte[] record) {
        int end = record.length;
        if (end > 0 && record[end - 1] == '\n') {
            end--;
            if (end > 0 && record[end - 1] == '\r') {
                end--;
            }
        }
        return end;
    }
}
