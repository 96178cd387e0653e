package io.riacho.leasetables.table;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Where an item is in a table, or in an index. */
public final class ItemKey {

    private final byte[] partition;
    private final byte[] range;

    /**
     * @param partition of the hash key; the array is not copied
     * @param range ordered as the range key's values are; the array is not copied
     */
    public ItemKey(byte[] partition, byte[] range) {
        this.partition = partition;
        this.range = range;
    }

    /** Not to be changed. */
    public byte[] partition() {
        return partition;
    }

    /** Not to be changed. */
    public byte[] range() {
        return range;
    }

    /** A number for locks, by which two keys of two tables are hardly ever the same. */
    public long lock(long tableId) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, tableId));
            digest.update(partition);
            digest.update(range);
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemKey that
                && Arrays.equals(partition, that.partition)
                && Arrays.equals(range, that.range);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(partition) + Arrays.hashCode(range);
    }
}
