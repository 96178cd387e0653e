package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An append, encoded as batches in one buffer. Made by the appending thread, which computes all that can be known before
 * offsets are; then handed to the commit thread.
 */
final class EncodedAppend extends Commit {

    private static final long EXCLUDED = Appended.SEALED;

    private final BufferPool pool;
    private final ByteBuffer buffer;
    private final Shard[] shards;
    private final int[] positions;
    private final int[] counts;
    private final long[] bases;
    private final int @Nullable [] order;
    private final int records;
    private final CompletableFuture<Appended> future = new CompletableFuture<>();
    private long now;

    /**
     * @param buffer its limit is the end of the last batch
     * @param shards of each batch
     * @param positions of each batch, ascending, without gaps
     * @param counts of records in each batch
     * @param order the index in the append of each record, by batches; null where they are in order
     */
    EncodedAppend(
            BufferPool pool,
            ByteBuffer buffer,
            Shard[] shards,
            int[] positions,
            int[] counts,
            int @Nullable [] order,
            int records) {
        this.pool = pool;
        this.buffer = buffer;
        this.shards = shards;
        this.positions = positions;
        this.counts = counts;
        this.bases = new long[shards.length];
        this.order = order;
        this.records = records;
    }

    CompletableFuture<Appended> future() {
        return future;
    }

    @Override
    int records() {
        return records;
    }

    @Override
    int bytes() {
        return buffer.limit();
    }

    @Override
    void assign(Frame frame, long time) {
        now = time;
        boolean whole = true;
        for (int i = 0; i < shards.length; i++) {
            Shard shard = shards[i];
            if (shard.sealed) {
                bases[i] = EXCLUDED;
                whole = false;
                continue;
            }
            shard.lastTimestamp = Math.max(shard.lastTimestamp, time);
            bases[i] = shard.nextOffset;
            shard.nextOffset += counts[i];
            frame.seal(buffer, positions[i], bases[i], shard.lastTimestamp);
        }
        if (whole) {
            frame.add(buffer);
        } else {
            addUnsealed(frame);
        }
    }

    private void addUnsealed(Frame frame) {
        for (int i = 0; i < shards.length; i++) {
            if (bases[i] != EXCLUDED) {
                frame.add(buffer.slice(positions[i], length(i)));
            }
        }
    }

    private int length(int batch) {
        return (batch + 1 < positions.length ? positions[batch + 1] : buffer.limit()) - positions[batch];
    }

    @Override
    void publish(JournalFrame where) {
        for (int i = 0; i < shards.length; i++) {
            if (bases[i] != EXCLUDED) {
                int length = length(i);
                long timestamp = BatchFormat.timestamp(buffer, positions[i]);
                shards[i].publish(bases[i], counts[i], timestamp, where.generation(), where.take(length), length);
            }
        }
        pool.giveBack(buffer);
    }

    @Override
    void complete() {
        long[] offsets = new long[records];
        int record = 0;
        for (int i = 0; i < shards.length; i++) {
            for (int r = 0; r < counts[i]; r++) {
                offsets[order == null ? record : order[record]] = bases[i] == EXCLUDED ? EXCLUDED : bases[i] + r;
                record++;
            }
        }
        future.complete(new Appended(offsets, now));
    }

    @Override
    void fail(RuntimeException reason) {
        for (Shard shard : shards) {
            shard.nextOffset = shard.readableEnd();
        }
        reject(reason);
    }

    @Override
    void reject(RuntimeException reason) {
        pool.giveBack(buffer);
        future.completeExceptionally(reason);
    }
}
