package io.riacho.log;

/**
 * What is known of a segment without opening it.
 *
 * @param baseOffset names the file
 * @param endOffset the offset after its last record
 * @param length how much of the file is durable; what lies behind it does not count
 * @param firstTimestamp when its first record arrived; {@link Long#MAX_VALUE} while it has none
 * @param lastTimestamp when its last record arrived; {@link Long#MIN_VALUE} while it has none
 * @param closed whether nothing will be added any more
 */
record Segment(long baseOffset, long endOffset, long length, long firstTimestamp, long lastTimestamp, boolean closed) {

    static final Segment[] NONE = {};

    static Segment empty(long baseOffset) {
        return new Segment(baseOffset, baseOffset, SegmentFormat.HEADER_BYTES, Long.MAX_VALUE, Long.MIN_VALUE, false);
    }

    Segment with(long newEnd, long newLength, long first, long last) {
        return new Segment(
                baseOffset, newEnd, newLength, Math.min(firstTimestamp, first), Math.max(lastTimestamp, last), closed);
    }

    Segment close() {
        return new Segment(baseOffset, endOffset, length, firstTimestamp, lastTimestamp, true);
    }

    boolean isEmpty() {
        return length == SegmentFormat.HEADER_BYTES;
    }
}
