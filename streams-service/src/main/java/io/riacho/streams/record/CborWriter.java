package io.riacho.streams.record;

/** Writes CBOR (RFC 8949) to a buffer that has room reserved. */
final class CborWriter {

    private static final int UNSIGNED = 0;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int INDEFINITE = 31;
    private static final int EPOCH_TIME_TAG = 0xc1;
    private static final int BREAK = 0xff;
    /** No head is longer. */
    static final int MOST_HEAD_BYTES = 9;

    private CborWriter() {}

    static void map(AnswerBuffer out, int members) {
        head(out, MAP, members);
    }

    static void array(AnswerBuffer out, int elements) {
        head(out, ARRAY, elements);
    }

    static void beginMap(AnswerBuffer out) {
        out.put(MAP << 5 | INDEFINITE);
    }

    static void beginArray(AnswerBuffer out) {
        out.put(ARRAY << 5 | INDEFINITE);
    }

    static void end(AnswerBuffer out) {
        out.put(BREAK);
    }

    static void unsigned(AnswerBuffer out, long value) {
        head(out, UNSIGNED, value);
    }

    /** A time as AWS writes it: tag 1 over milliseconds. */
    static void time(AnswerBuffer out, long epochMillis) {
        out.put(EPOCH_TIME_TAG);
        head(out, UNSIGNED, epochMillis);
    }

    /** @param text in ASCII */
    static void text(AnswerBuffer out, String text) {
        head(out, TEXT, text.length());
        out.putAscii(text);
    }

    static void textHead(AnswerBuffer out, int bytes) {
        head(out, TEXT, bytes);
    }

    static void bytesHead(AnswerBuffer out, int bytes) {
        head(out, BYTES, bytes);
    }

    private static void head(AnswerBuffer out, int type, long value) {
        int kind = type << 5;
        if (value < 24) {
            out.put(kind | (int) value);
        } else if (value < 1 << 8) {
            out.put(kind | 24);
            out.put((int) value);
        } else if (value < 1 << 16) {
            out.put(kind | 25);
            out.put((int) (value >>> 8));
            out.put((int) value);
        } else if (value < 1L << 32) {
            out.put(kind | 26);
            for (int shift = 24; shift >= 0; shift -= 8) {
                out.put((int) (value >>> shift));
            }
        } else {
            out.put(kind | 27);
            out.putLong(value);
        }
    }
}
