package io.riacho.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * Walks from string to string. The Data of equally long records is stepped over in one go: where it ends is guessed from the
 * record before, and the guess is right when there is a quote, because Base64 holds none.
 */
final class JsonGetRecordsAnswer extends GetRecordsAnswer {

    private static final byte[] DATA = "Data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT_SHARD_ITERATOR = "NextShardIterator".getBytes(StandardCharsets.US_ASCII);

    private int guess;

    @Override
    void walk(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (bytes[i++] != '"') {
                continue;
            }
            int start = i;
            i = endOfString(bytes, i, to);
            int length = i++ - start;
            while (i < to && (bytes[i] == ' ' || bytes[i] == ':')) {
                i++;
            }
            boolean data = is(DATA, bytes, start, length);
            if (i < to && bytes[i] == '"' && (data || is(NEXT_SHARD_ITERATOR, bytes, start, length))) {
                int value = i + 1;
                i = data ? endOfData(bytes, value, to) : endOfString(bytes, value, to);
                if (data) {
                    foundData(bytes, value, i - value);
                } else {
                    nextShardIterator = new String(bytes, value, i - value, StandardCharsets.US_ASCII);
                }
                i++;
            }
        }
    }

    private int endOfData(byte[] bytes, int from, int to) {
        int guessed = from + guess;
        if (guess > 0 && guessed < to && bytes[guessed] == '"' && bytes[guessed - 1] != '"') {
            return guessed;
        }
        int end = endOfString(bytes, from, to);
        guess = end - from;
        return end;
    }

    private static int endOfString(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
        }
        if (i >= to) {
            throw new IllegalStateException("JSON answer ends inside a string");
        }
        return i;
    }

    private static boolean is(byte[] name, byte[] bytes, int start, int length) {
        if (length != name.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[start + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
