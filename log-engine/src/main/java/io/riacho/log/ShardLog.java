package io.riacho.log;

import java.util.concurrent.CompletableFuture;

/**
 * The logs of all shards of one server: for each shard an append-only sequence of records, addressed by offset.
 *
 * <p>A shard is named by a number that is never used twice. It needs no creation: a shard that was never appended to
 * is empty and starts at offset 0. Offsets of one shard are dense and ascending; a record becomes readable only when
 * it is durable, and always in the order of the offsets.
 *
 * <p>Safe for use by many threads.
 */
public interface ShardLog extends AutoCloseable {

    /**
     * Appends records to one or more shards. All records of one call become durable together or, if the process dies
     * first, some of them may be missing, but never a record that was acknowledged.
     *
     * <p>May block while the buffers are full. Afterwards the arrays that {@code append} refers to may be used again:
     * they are copied before this method returns.
     *
     * @return completed once every record is durable and readable, by the thread that commits: actions that are chained
     *     to it hold up all appends unless they are short or asynchronous; failed with {@link LogFullException} when there is no
     *     room and with {@link LogFailedException} when the storage failed: then no record of the append is ever
     *     readable
     */
    CompletableFuture<Appended> append(Append append);

    /**
     * Reads readable records from one shard, into {@code chunk}, whose earlier content is replaced.
     *
     * <p>Records that were damaged on disk are left out and reported by {@link LogChunk#nextOffset()} moving past them.
     * Records before the first one that is kept are skipped in the same way.
     *
     * <p>Encrypted records come out decrypted. Where the key cannot be had the call fails, for records before them it does
     * not, and they are not passed over.
     *
     * @param fromOffset the first offset wanted; may lie before {@link #firstOffset} or after {@link #endOffset}
     * @param fromTimestamp records that arrived earlier (epoch milliseconds) are skipped; {@link Long#MIN_VALUE} for none
     * @param maxBytes about how many bytes to read; at least one record is read where there is one
     * @throws KeyUnavailableException where the first record to read is encrypted under a key that cannot be had
     */
    void read(long shard, long fromOffset, long fromTimestamp, int maxBytes, LogChunk chunk);

    /** A chunk that {@link #read} of this log fills; empty, and without a buffer until it is read into. */
    LogChunk newChunk();

    /** The offset of the oldest record that is kept, or the end of an empty log. */
    long firstOffset(long shard);

    /** The offset that the next readable record will have. */
    long endOffset(long shard);

    /** The offset of the first readable record that arrived at or after the time (epoch milliseconds), else the end. */
    long offsetAt(long shard, long timestamp);

    /**
     * Ends a shard: later appends report {@link Appended#SEALED} for its records. Not durable; the caller remembers
     * that the shard is closed and seals it again, or does not append to it, after a restart.
     *
     * @return completed with the end offset once every append that came before has become readable or failed
     */
    CompletableFuture<Long> seal(long shard);

    /** Takes a seal back, for a close that did not come to pass. */
    void unseal(long shard);

    /**
     * Calls back whenever records of the shard have become readable, until the returned one is closed. Records that
     * become readable after this method has returned are told of; several commits may be one call. The calls come one at
     * a time from a thread that all watchers share, so the action has to be short.
     */
    Watching onReadable(long shard, Runnable action);

    /** Drops whole segments whose records all arrived before the time (epoch milliseconds). */
    void dropBefore(long shard, long timestamp);

    /** Forgets a shard and deletes its files. Its number must not be used again. */
    void delete(long shard);

    /** Bytes that the shard's records take on disk, about. */
    long sizeInBytes(long shard);

    /** Stops taking appends, makes what was appended durable, and lets go of the files. */
    @Override
    void close();
}
