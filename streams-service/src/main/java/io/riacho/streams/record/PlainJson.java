package io.riacho.streams.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Plain JSON (RFC 8259): objects and arrays of strings without escapes. */
final class PlainJson implements PlainReader {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final int MOST_DEPTH = 4;
    private static final byte[] NO_BYTES = new byte[0];

    private final byte[] body;
    private final int end;
    private int position;

    private final boolean[] isObject = new boolean[MOST_DEPTH];
    private final boolean[] isFirst = new boolean[MOST_DEPTH];
    private int depth = -1;

    private int namePosition;
    private int nameLength;
    private byte[] blob = NO_BYTES;

    PlainJson(byte[] body, int position, int length) {
        this.body = body;
        this.position = position;
        end = position + length;
    }

    @Override
    public void beginObject() {
        open('{');
    }

    @Override
    public int beginArray() {
        open('[');
        return 0;
    }

    @Override
    public boolean hasNext() {
        int next = nextSignificant();
        if (next == (isObject[depth] ? '}' : ']')) {
            position++;
            depth--;
            return false;
        }
        if (!isFirst[depth]) {
            require(next, ',');
            position++;
        }
        isFirst[depth] = false;
        if (isObject[depth]) {
            namePosition = beginString();
            nameLength = endOfString(namePosition) - namePosition;
            position = namePosition + nameLength + 1;
            require(nextSignificant(), ':');
            position++;
        }
        return true;
    }

    @Override
    public boolean nextIs(String name) {
        if (name.length() != nameLength) {
            return false;
        }
        for (int i = 0; i < nameLength; i++) {
            if (body[namePosition + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String text() {
        return new String(asciiBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte[] asciiBytes() {
        int from = beginString();
        int to = endOfString(from);
        for (int i = from; i < to; i++) {
            if (body[i] < ' ' || body[i] == '\\') {
                throw NotPlain.INSTANCE;
            }
        }
        position = to + 1;
        return Arrays.copyOfRange(body, from, to);
    }

    @Override
    public void blob() {
        int from = beginString();
        int to = endOfString(from);
        if ((to - from & 3) != 0) {
            throw NotPlain.INSTANCE;
        }
        try {
            ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(body, from, to - from));
            blob = decoded.array();
            if (decoded.remaining() != blob.length) {
                blob = Arrays.copyOf(blob, decoded.remaining());
            }
        } catch (IllegalArgumentException _) {
            throw NotPlain.INSTANCE;
        }
        if (to > from && body[to - 1] == '=' && !endsCleanly(to)) {
            throw NotPlain.INSTANCE;
        }
        position = to + 1;
    }

    /** Whether the last four characters are the ones that their bytes are encoded as: Java's decoder takes others, too. */
    private boolean endsCleanly(int to) {
        byte[] last = Arrays.copyOfRange(body, to - 4, to);
        return Arrays.equals(Base64.getEncoder().encode(Base64.getDecoder().decode(last)), last);
    }

    @Override
    public byte[] blobArray() {
        return blob;
    }

    @Override
    public int blobPosition() {
        return 0;
    }

    @Override
    public int blobLength() {
        return blob.length;
    }

    @Override
    public boolean isAtEnd() {
        if (depth != -1) {
            return false;
        }
        skipSpace();
        return position == end;
    }

    private void open(char bracket) {
        if (++depth == MOST_DEPTH) {
            throw NotPlain.INSTANCE;
        }
        require(nextSignificant(), bracket);
        position++;
        isObject[depth] = bracket == '{';
        isFirst[depth] = true;
    }

    private int beginString() {
        require(nextSignificant(), '"');
        return ++position;
    }

    /** Where the quote is that ends the string, looked for eight bytes at a time; an escaped one ends it too early. */
    private int endOfString(int from) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long difference = (long) LONGS.get(body, at) ^ QUOTES;
            long found = (difference - ONES) & ~difference & HIGH_BITS;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < end) {
            if (body[at] == '"') {
                return at;
            }
            at++;
        }
        throw NotPlain.INSTANCE;
    }

    private int nextSignificant() {
        skipSpace();
        if (position >= end) {
            throw NotPlain.INSTANCE;
        }
        return body[position];
    }

    private void skipSpace() {
        while (position < end
                && (body[position] == ' '
                        || body[position] == '\n'
                        || body[position] == '\r'
                        || body[position] == '\t')) {
            position++;
        }
    }

    private static void require(int found, char wanted) {
        if (found != wanted) {
            throw NotPlain.INSTANCE;
        }
    }
}
