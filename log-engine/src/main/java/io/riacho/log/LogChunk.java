package io.riacho.log;

/**
 * A piece of a shard's log that {@link ShardLog#read} filled, and a cursor over its records. Use one again and again to
 * save its buffer. Not thread-safe.
 *
 * <pre>{@code
 * log.read(shard, offset, Long.MIN_VALUE, 1 << 18, chunk);
 * while (chunk.next()) {
 *     out.write(chunk.array(), chunk.dataPosition(), chunk.dataLength());
 * }
 * offset = chunk.nextOffset();
 * }</pre>
 */
public abstract class LogChunk {

    /** Instead of a key's id, for a record that was not encrypted. */
    public static final long NO_KEY = -1;

    /** Steps to the next record; false after the last one. */
    public abstract boolean next();

    public abstract long offset();

    /** When the record arrived, epoch milliseconds. */
    public abstract long timestamp();

    /** The id of the {@link SealingKey} that the record was encrypted with, or {@link #NO_KEY}. */
    public abstract long keyId();

    /** The array that key and data lie in; valid until the next {@link ShardLog#read} into this chunk. */
    public abstract byte[] array();

    public abstract int keyPosition();

    public abstract int keyLength();

    public abstract int dataPosition();

    public abstract int dataLength();

    /** Where to read on once all records of this chunk are taken. */
    public abstract long nextOffset();
}
