package io.riacho.benchmarks.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Walks from string to string. The end of a record's Data, Base64, is searched for eight characters at a time. */
final class JsonGetRecordsAnswer extends GetRecordsAnswer {

    private static final byte[] DATA = "Data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT_SHARD_ITERATOR = "NextShardIterator".getBytes(StandardCharsets.US_ASCII);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long QUOTES = 0x2222_2222_2222_2222L;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

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

    private static int endOfData(byte[] bytes, int from, int to) {
        int i = from;
        while (i + Long.BYTES <= to && !hasQuote((long) LONGS.get(bytes, i))) {
            i += Long.BYTES;
        }
        return endOfString(bytes, i, to);
    }

    /** A byte that is zero after the exclusive or is the only kind whose high bit a subtraction can bring in. */
    private static boolean hasQuote(long eight) {
        long zeroWhereQuote = eight ^ QUOTES;
        return (zeroWhereQuote - ONES & ~zeroWhereQuote & HIGH_BITS) != 0;
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
