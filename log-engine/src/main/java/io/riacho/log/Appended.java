package io.riacho.log;

/** Where the records of an {@link Append} went, by their index in it. */
public final class Appended {

    /** The offset of a record whose shard was sealed: it was not appended. */
    public static final long SEALED = -1;

    private final long[] offsets;
    private final long timestamp;

    /** @param offsets an offset, or {@link #SEALED}, for each record; not copied */
    public Appended(long[] offsets, long timestamp) {
        this.offsets = offsets;
        this.timestamp = timestamp;
    }

    public int size() {
        return offsets.length;
    }

    public long offset(int index) {
        return offsets[index];
    }

    public boolean isSealed(int index) {
        return offsets[index] == SEALED;
    }

    /** When the records arrived, epoch milliseconds; a shard's own timestamps never go back, so its may be later. */
    public long timestamp() {
        return timestamp;
    }
}
