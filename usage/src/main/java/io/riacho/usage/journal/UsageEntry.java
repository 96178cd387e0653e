package io.riacho.usage.journal;

/**
 * What was metered at once.
 *
 * @param type what it is, in the words of who meters; positive
 * @param shard whose records are metered, where they are to be metered once
 * @param firstOffset of the records, which follow one another; {@link #NONE} where it does not matter
 * @param units whatever the type counts besides
 * @param millis when it was, epoch milliseconds
 */
public record UsageEntry(int type, long shard, long firstOffset, int records, long bytes, long units, long millis) {

    public static final long NONE = -1;
}
