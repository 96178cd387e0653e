package io.riacho.streams.rest;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a reader of a whole stream is: the offset that it reads next in each shard that it is reading. As text it is the
 * id of an event, which a reader gives back to go on from there:
 *
 * <pre>
 *  1 byte   version: 1
 *  varint   the stream's id
 *  then for each shard, ascending
 *  varint   its index, less the one before
 *  varint   offset
 * </pre>
 *
 * in Base64 for URLs. It holds nothing that its reader may not know, so it is not sealed; whoever makes one up can read
 * with it what it may read anyway.
 *
 * @param streamId the stream that it was made for; another of the same name is not read with it
 */
record Cursor(long streamId, SortedMap<Integer, Long> offsets) {

    /** More would make ids that are too long for a header. Streams with more shards are read shard by shard. */
    static final int MOST_SHARDS = 500;

    private static final int VERSION = 1;
    private static final int MOST_CHARACTERS = 16 * 1024;

    Cursor {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    String toText() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 + 6 * offsets.size());
        bytes.write(VERSION);
        write(streamId, bytes);
        int last = 0;
        for (Map.Entry<Integer, Long> shard : offsets.entrySet()) {
            write(shard.getKey() - last, bytes);
            write(shard.getValue(), bytes);
            last = shard.getKey();
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Empty where the text is none. */
    static Optional<Cursor> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.get() != VERSION) {
                return Optional.empty();
            }
            long streamId = read(bytes);
            SortedMap<Integer, Long> offsets = new TreeMap<>();
            long index = 0;
            while (bytes.hasRemaining()) {
                index = Math.addExact(index, read(bytes));
                if (offsets.size() == MOST_SHARDS || offsets.put(Math.toIntExact(index), read(bytes)) != null) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Cursor(streamId, offsets));
        } catch (IllegalArgumentException | BufferUnderflowException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static void write(long value, ByteArrayOutputStream to) {
        long rest = value;
        while (rest >= 0x80) {
            to.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }

    private static long read(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            byte next = from.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ArithmeticException("too long");
    }
}
