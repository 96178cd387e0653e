package io.riacho.firehose.processing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes records apart that several were put into.
 *
 * <p>What cannot be taken apart, or has more records in it than AWS allows, stays whole, as it does there: a query for
 * partition keys then finds it to be no JSON, and nothing is lost.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-multirecord-deaggergation.html">Apply
 *     dynamic partitioning to aggregated data</a>
 */
interface RecordSplitter {

    /** What AWS allows in a record. */
    int MOST = 500;

    /** JSON objects one behind the other, with or without white space between them. */
    RecordSplitter JSON = RecordSplitter::objects;

    /** The records in one; empty where there is nothing but delimiters. */
    List<byte[]> split(byte[] data);

    static RecordSplitter delimited(byte[] delimiter) {
        return data -> pieces(data, delimiter);
    }

    private static List<byte[]> pieces(byte[] data, byte[] delimiter) {
        List<byte[]> pieces = new ArrayList<>();
        int begin = 0;
        while (begin < data.length) {
            int end = indexOf(data, delimiter, begin);
            if (end > begin) {
                if (pieces.size() == MOST) {
                    return List.of(data);
                }
                pieces.add(Arrays.copyOfRange(data, begin, end));
            }
            begin = end + delimiter.length;
        }
        return pieces;
    }

    private static int indexOf(byte[] data, byte[] delimiter, int from) {
        for (int i = from; i <= data.length - delimiter.length; i++) {
            if (data[i] == delimiter[0]
                    && Arrays.equals(data, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
                return i;
            }
        }
        return data.length;
    }

    private static List<byte[]> objects(byte[] data) {
        List<byte[]> objects = new ArrayList<>();
        int begin = space(data, 0);
        while (begin < data.length) {
            int end = data[begin] == '{' ? end(data, begin) : -1;
            if (end < 0 || objects.size() == MOST) {
                return List.of(data);
            }
            objects.add(Arrays.copyOfRange(data, begin, end));
            begin = space(data, end);
        }
        return objects.isEmpty() ? List.of(data) : objects;
    }

    /** The place behind an object, by its braces; -1 where it does not end. */
    private static int end(byte[] data, int begin) {
        int depth = 0;
        boolean text = false;
        for (int i = begin; i < data.length; i++) {
            byte c = data[i];
            if (text) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    text = false;
                }
            } else if (c == '"') {
                text = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static int space(byte[] data, int from) {
        int i = from;
        while (i < data.length && (data[i] == ' ' || data[i] == '\n' || data[i] == '\r' || data[i] == '\t')) {
            i++;
        }
        return i;
    }
}
