package io.riacho.streams.shard;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A piece of the ring of hash keys, both ends included. */
public record HashKeyRange(HashKey start, HashKey end) {

    public static final HashKeyRange WHOLE = new HashKeyRange(HashKey.MIN, HashKey.MAX);

    public HashKeyRange {
        if (start.compareTo(end) > 0) {
            throw new IllegalArgumentException(start + " is after " + end);
        }
    }

    /** Even ranges that cover the ring, as CreateStream and UpdateShardCount make them: the last takes the remainder. */
    public static List<HashKeyRange> even(int count) {
        BigInteger width = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(count));
        List<HashKeyRange> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            HashKey start = HashKey.of(width.multiply(BigInteger.valueOf(i)));
            HashKey end = i == count - 1
                    ? HashKey.MAX
                    : HashKey.of(width.multiply(BigInteger.valueOf(i + 1L))).previous();
            ranges.add(new HashKeyRange(start, end));
        }
        return ranges;
    }

    public boolean contains(HashKey key) {
        return start.compareTo(key) <= 0 && key.compareTo(end) <= 0;
    }

    /** Whether the other range begins where this one ends. */
    public boolean isFollowedBy(HashKeyRange other) {
        return !end.equals(HashKey.MAX) && end.next().equals(other.start);
    }

    public boolean isAdjacentTo(HashKeyRange other) {
        return isFollowedBy(other) || other.isFollowedBy(this);
    }

    public HashKeyRange union(HashKeyRange adjacent) {
        return new HashKeyRange(
                start.compareTo(adjacent.start) < 0 ? start : adjacent.start,
                end.compareTo(adjacent.end) > 0 ? end : adjacent.end);
    }

    /** The first key of the upper half. */
    public HashKey middle() {
        return HashKey.of(start.toBigInteger().add(end.toBigInteger()).shiftRight(1))
                .next();
    }

    /** A range of a single key cannot be split. */
    public boolean isSplittable() {
        return !start.equals(end);
    }
}
