package io.riacho.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** Walks over the heads of the CBOR items (RFC 8949) and never looks into a payload. */
final class CborGetRecordsAnswer extends GetRecordsAnswer {

    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xFF;
    private static final byte[] DATA = "Data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT_SHARD_ITERATOR = "NextShardIterator".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = {};
    private int position;
    private long argument;
    private boolean indefinite;

    @Override
    void walk(byte[] body, int from, int to) {
        bytes = body;
        position = from;
        item();
        if (position != to) {
            throw new IllegalStateException("CBOR answer of " + (to - from) + " bytes ends at " + (position - from));
        }
    }

    private void item() {
        int major = head();
        switch (major) {
            case BYTES, TEXT -> text();
            case ARRAY -> items();
            case MAP -> members();
            case TAG -> item();
            default -> {}
        }
    }

    private void items() {
        boolean open = indefinite;
        for (long left = argument; open ? !atBreak() : left > 0; left--) {
            item();
        }
    }

    private void members() {
        boolean open = indefinite;
        for (long left = argument; open ? !atBreak() : left > 0; left--) {
            head();
            int name = position;
            int length = text();
            if (is(DATA, name, length)) {
                head();
                int data = position;
                foundData(bytes, data, text());
            } else if (is(NEXT_SHARD_ITERATOR, name, length)) {
                nextIterator();
            } else {
                item();
            }
        }
    }

    private void nextIterator() {
        if (head() == TEXT) {
            int start = position;
            nextShardIterator = new String(bytes, start, text(), StandardCharsets.US_ASCII);
        }
    }

    /** Moves past a string whose head was read, and gives its length. */
    private int text() {
        if (indefinite) {
            throw new IllegalStateException("Strings in pieces are not expected from a Kinesis endpoint");
        }
        position += (int) argument;
        return (int) argument;
    }

    private int head() {
        int first = bytes[position++] & 0xFF;
        int low = first & 31;
        indefinite = low == INDEFINITE;
        argument = low;
        if (low >= 24 && low <= 27) {
            argument = 0;
            for (int n = 1 << (low - 24); n > 0; n--) {
                argument = argument << 8 | bytes[position++] & 0xFF;
            }
        }
        return first >> 5;
    }

    private boolean atBreak() {
        if ((bytes[position] & 0xFF) == BREAK) {
            position++;
            return true;
        }
        return false;
    }

    private boolean is(byte[] name, int start, int length) {
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
