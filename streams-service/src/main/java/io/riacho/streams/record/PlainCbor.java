package io.riacho.streams.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Plain CBOR (RFC 8949): maps and arrays of definite or indefinite length, texts and byte strings of definite length. */
final class PlainCbor implements PlainReader {

    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int BREAK = 0xff;
    private static final int INDEFINITE = 31;
    private static final int MOST_DEPTH = 4;
    private static final int UNKNOWN = -1;

    private final byte[] body;
    private final int end;
    private int position;

    /** Of each container that is open: how many elements remain, or UNKNOWN. */
    private final int[] remaining = new int[MOST_DEPTH];

    private final boolean[] isMap = new boolean[MOST_DEPTH];
    private int depth = -1;

    private int namePosition;
    private int nameLength;
    private int blobPosition;
    private int blobLength;

    PlainCbor(byte[] body, int position, int length) {
        this.body = body;
        this.position = position;
        end = position + length;
    }

    @Override
    public void beginObject() {
        open(MAP);
    }

    @Override
    public int beginArray() {
        return Math.max(0, open(ARRAY));
    }

    @Override
    public boolean hasNext() {
        if (remaining[depth] == UNKNOWN) {
            if (peek() == BREAK) {
                position++;
                depth--;
                return false;
            }
        } else if (remaining[depth]-- == 0) {
            depth--;
            return false;
        }
        if (isMap[depth]) {
            nameLength = head(TEXT);
            namePosition = skip(nameLength);
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
        int length = head(TEXT);
        int from = skip(length);
        int signs = 0;
        for (int i = from; i < position; i++) {
            signs |= body[i];
        }
        if (signs < 0) {
            throw NotPlain.INSTANCE;
        }
        return Arrays.copyOfRange(body, from, position);
    }

    @Override
    public void blob() {
        blobLength = head(BYTES);
        blobPosition = skip(blobLength);
    }

    @Override
    public byte[] blobArray() {
        return body;
    }

    @Override
    public int blobPosition() {
        return blobPosition;
    }

    @Override
    public int blobLength() {
        return blobLength;
    }

    @Override
    public boolean isAtEnd() {
        return depth == -1 && position == end;
    }

    private int open(int type) {
        if (++depth == MOST_DEPTH) {
            throw NotPlain.INSTANCE;
        }
        isMap[depth] = type == MAP;
        if (peek() == (type << 5 | INDEFINITE)) {
            position++;
            remaining[depth] = UNKNOWN;
        } else {
            remaining[depth] = head(type);
        }
        return remaining[depth];
    }

    private int peek() {
        if (position >= end) {
            throw NotPlain.INSTANCE;
        }
        return body[position] & 0xff;
    }

    /** Reads the head of an item of the type, and gives its length. */
    private int head(int type) {
        int first = peek();
        position++;
        if (first >>> 5 != type) {
            throw NotPlain.INSTANCE;
        }
        int length = first & 0x1f;
        return switch (length) {
            case 24 -> number(1);
            case 25 -> number(2);
            case 26 -> number(4);
            case 27, 28, 29, 30, INDEFINITE -> throw NotPlain.INSTANCE;
            default -> length;
        };
    }

    private int number(int bytes) {
        int from = skip(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (body[from + i] & 0xff);
        }
        if (value > end) {
            throw NotPlain.INSTANCE;
        }
        return (int) value;
    }

    /** Moves on by so many bytes; gives where they begin. */
    private int skip(int bytes) {
        int from = position;
        if (bytes > end - from) {
            throw NotPlain.INSTANCE;
        }
        position = from + bytes;
        return from;
    }
}
