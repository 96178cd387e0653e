package io.riacho.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Groups an append's records by shard, in their order, and encodes them as batches, encrypted where the append says so.
 * Safe for use by many threads.
 */
final class AppendEncoder {

    private final ShardTable shards;
    private final BufferPool pool;
    private final BatchSealer sealer = new BatchSealer();
    private final int largest;

    /** @param largest most bytes that an append may take, encoded */
    AppendEncoder(ShardTable shards, BufferPool pool, int largest) {
        this.shards = shards;
        this.pool = pool;
        this.largest = largest;
    }

    EncodedAppend encode(Append append) {
        int @Nullable [] order = isOneShard(append) ? null : orderByShard(append);
        int size = append.size();
        int headerBytes = BatchFormat.HEADER_BYTES + (append.sealingKey() == null ? 0 : SealedFormat.EXTRA_BYTES);
        int[] starts = new int[4];
        int batches = 0;
        long bytes = 0;
        int batchBytes = 0;
        for (int i = 0; i < size; i++) {
            int record = order == null ? i : order[i];
            int length = encodedLength(append, record);
            boolean newBatch = i == 0
                    || batchBytes + length > BatchFormat.LARGEST_BATCH
                    || (order != null && append.shard(record) != append.shard(order[i - 1]));
            if (newBatch) {
                bytes += BatchFormat.align(batchBytes);
                if (batches == starts.length) {
                    starts = Arrays.copyOf(starts, batches * 2);
                }
                starts[batches++] = i;
                batchBytes = headerBytes;
            }
            batchBytes += length;
        }
        bytes += BatchFormat.align(batchBytes);
        if (bytes > largest) {
            throw new IllegalArgumentException(
                    "An append of " + bytes + " bytes is larger than the journal's files allow: " + largest);
        }
        return write(append, order, starts, batches, (int) bytes);
    }

    private EncodedAppend write(Append append, int @Nullable [] order, int[] starts, int batches, int bytes) {
        ByteBuffer buffer = pool.take(bytes);
        try {
            return write(append, order, starts, batches, buffer);
        } catch (RuntimeException e) {
            pool.giveBack(buffer);
            throw e;
        }
    }

    private EncodedAppend write(Append append, int @Nullable [] order, int[] starts, int batches, ByteBuffer buffer) {
        Shard[] batchShards = new Shard[batches];
        int[] positions = new int[batches];
        int[] counts = new int[batches];
        CRC32C crc = new CRC32C();
        SealingKey key = append.sealingKey();
        int flags = key == null ? 0 : BatchFormat.SEALED;
        int position = 0;
        for (int b = 0; b < batches; b++) {
            int end = b + 1 < batches ? starts[b + 1] : append.size();
            long shard = append.shard(order == null ? starts[b] : order[starts[b]]);
            batchShards[b] = shards.getOrMake(shard);
            positions[b] = position;
            counts[b] = end - starts[b];
            int at = key == null
                    ? writeRecords(buffer, position + BatchFormat.HEADER_BYTES, append, order, starts[b], end)
                    : writeSealed(buffer, position, append, key, order, starts[b], end);
            int next = position + BatchFormat.align(at - position);
            while (at < next) {
                buffer.put(at++, (byte) 0);
            }
            BatchFormat.begin(buffer, position, next - position, shard, counts[b], flags, crc);
            position = next;
        }
        buffer.limit(position);
        return new EncodedAppend(pool, buffer, batchShards, positions, counts, order, append.size());
    }

    /** @return where the records end */
    private static int writeRecords(
            ByteBuffer buffer, int position, Append append, int @Nullable [] order, int from, int to) {
        int at = position;
        for (int i = from; i < to; i++) {
            at = writeRecord(buffer, at, append, order == null ? i : order[i]);
        }
        return at;
    }

    /** @return where the encrypted records and their tag end */
    private int writeSealed(
            ByteBuffer buffer, int position, Append append, SealingKey key, int @Nullable [] order, int from, int to) {
        int length = 0;
        for (int i = from; i < to; i++) {
            length += encodedLength(append, order == null ? i : order[i]);
        }
        ByteBuffer gathered = sealer.take(length);
        writeRecords(gathered, SealedFormat.HEADER_BYTES, append, order, from, to);
        long shard = append.shard(order == null ? from : order[from]);
        sealer.seal(gathered, length, key, shard, to - from, buffer, position);
        return position + BatchFormat.HEADER_BYTES + length + SealedFormat.EXTRA_BYTES;
    }

    private static int writeRecord(ByteBuffer buffer, int at, Append append, int record) {
        byte[] key = append.key(record);
        int length = append.dataLength(record);
        buffer.putShort(at, (short) key.length);
        buffer.putInt(at + 2, length);
        buffer.put(at + BatchFormat.RECORD_HEADER_BYTES, key);
        int data = at + BatchFormat.RECORD_HEADER_BYTES + key.length;
        buffer.put(data, append.data(record), append.dataPosition(record), length);
        return data + length;
    }

    private int encodedLength(Append append, int record) {
        int key = append.key(record).length;
        if (key > BatchFormat.MAX_KEY_BYTES) {
            throw new IllegalArgumentException("A key of " + key + " bytes is too long");
        }
        if (append.dataLength(record) > largest) {
            throw new IllegalArgumentException("A record of " + append.dataLength(record) + " bytes is too large");
        }
        return BatchFormat.RECORD_HEADER_BYTES + key + append.dataLength(record);
    }

    private static boolean isOneShard(Append append) {
        long shard = append.shard(0);
        for (int i = 1; i < append.size(); i++) {
            if (append.shard(i) != shard) {
                return false;
            }
        }
        return true;
    }

    /** A counting sort over an open-addressed table: the records of a shard together, each shard's in their order. */
    private static int[] orderByShard(Append append) {
        int size = append.size();
        int mask = Integer.highestOneBit(size) * 4 - 1;
        int[] table = new int[mask + 1];
        int[] groupOf = new int[size];
        int[] groupStart = new int[size + 1];
        int[] firstOf = new int[size];
        int groups = 0;
        for (int i = 0; i < size; i++) {
            long shard = append.shard(i);
            int slot = (int) ((shard * 0x9E3779B97F4A7C15L) >>> 32) & mask;
            while (table[slot] != 0 && append.shard(firstOf[table[slot] - 1]) != shard) {
                slot = (slot + 1) & mask;
            }
            if (table[slot] == 0) {
                firstOf[groups] = i;
                table[slot] = ++groups;
            }
            groupOf[i] = table[slot] - 1;
            groupStart[groupOf[i] + 1]++;
        }
        for (int g = 0; g < groups; g++) {
            groupStart[g + 1] += groupStart[g];
        }
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[groupStart[groupOf[i]]++] = i;
        }
        return order;
    }
}
