package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/** Encrypts batches on their way to the commit thread's buffers. Safe for use by many threads. */
final class BatchSealer {

    private static final int MOST_KEPT = 16;
    private static final int LARGEST_KEPT = 2 * BatchFormat.LARGEST_BATCH;

    private final ArrayBlockingQueue<ByteBuffer> kept = new ArrayBlockingQueue<>(MOST_KEPT);

    /** Where records are gathered before they are sealed: they are written from {@link SealedFormat#HEADER_BYTES} on. */
    ByteBuffer take(int recordsLength) {
        int bytes = recordsLength + SealedFormat.EXTRA_BYTES;
        ByteBuffer buffer = kept.poll();
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(Math.max(bytes, BatchFormat.LARGEST_BATCH + SealedFormat.EXTRA_BYTES));
        }
        return buffer.clear();
    }

    /** Encrypts what was gathered, copies it behind the batch's header, and takes the gathered records' buffer back. */
    void seal(
            ByteBuffer gathered,
            int recordsLength,
            SealingKey key,
            long shard,
            int count,
            ByteBuffer batches,
            int position) {
        byte[] additional = SealedFormat.additional(
                SealedFormat.newAdditional(), BatchFormat.SEALED, shard, count, recordsLength, key.id());
        SealedFormat.putHeader(gathered, 0, key.id(), recordsLength);
        byte[] array = gathered.array();
        key.cipher().seal(array, SealedFormat.NONCE, SealedFormat.HEADER_BYTES, recordsLength, additional);
        batches.put(position + BatchFormat.HEADER_BYTES, array, 0, recordsLength + SealedFormat.EXTRA_BYTES);
        if (array.length <= LARGEST_KEPT) {
            boolean unused = kept.offer(gathered);
        }
    }
}
