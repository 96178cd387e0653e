package io.riacho.streams.shard;

import io.riacho.streams.limit.ShardLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One shard of a stream as it was at one moment. Immutable, but for the {@link ShardLimits} and {@link ShardTraffic} that
 * all moments of the shard share.
 */
public final class Shard {

    private static final int NONE = -1;

    private final long number;
    private final int index;
    private final HashKeyRange range;
    private final int parent;
    private final int adjacentParent;
    private final long creationSecond;
    private final Instant openedAt;
    private final @Nullable Instant closedAt;
    private final String id;
    private final byte[] idBytes;
    private final SequenceNumbers sequenceNumbers;
    private final ShardLimits limits;
    private final ShardTraffic traffic;

    /**
     * @param number the shard's log, never used twice
     * @param index the shard's place among all shards that its stream ever had
     * @param lineage of what the shard was made
     * @param creationSecond what its sequence numbers begin with; after its parents'
     */
    public Shard(
            long number,
            int index,
            HashKeyRange range,
            Lineage lineage,
            long creationSecond,
            Instant openedAt,
            ShardLimits limits) {
        this(
                number,
                index,
                range,
                lineage.parent().orElse(NONE),
                lineage.adjacentParent().orElse(NONE),
                creationSecond,
                openedAt,
                null,
                ShardIds.format(index),
                new SequenceNumbers(creationSecond, index),
                limits,
                new ShardTraffic());
    }

    private Shard(
            long number,
            int index,
            HashKeyRange range,
            int parent,
            int adjacentParent,
            long creationSecond,
            Instant openedAt,
            @Nullable Instant closedAt,
            String id,
            SequenceNumbers sequenceNumbers,
            ShardLimits limits,
            ShardTraffic traffic) {
        this.number = number;
        this.index = index;
        this.range = range;
        this.parent = parent;
        this.adjacentParent = adjacentParent;
        this.creationSecond = creationSecond;
        this.openedAt = openedAt;
        this.closedAt = closedAt;
        this.id = id;
        this.idBytes = id.getBytes(StandardCharsets.ISO_8859_1);
        this.sequenceNumbers = sequenceNumbers;
        this.limits = limits;
        this.traffic = traffic;
    }

    public Shard closed(Instant at) {
        return new Shard(
                number,
                index,
                range,
                parent,
                adjacentParent,
                creationSecond,
                openedAt,
                at,
                id,
                sequenceNumbers,
                limits,
                traffic);
    }

    public long number() {
        return number;
    }

    public int index() {
        return index;
    }

    public HashKeyRange range() {
        return range;
    }

    public OptionalInt parent() {
        return parent == NONE ? OptionalInt.empty() : OptionalInt.of(parent);
    }

    /** The second parent of a shard that was merged. */
    public OptionalInt adjacentParent() {
        return adjacentParent == NONE ? OptionalInt.empty() : OptionalInt.of(adjacentParent);
    }

    public boolean isChildOf(int shardIndex) {
        return parent == shardIndex || adjacentParent == shardIndex;
    }

    public long creationSecond() {
        return creationSecond;
    }

    public Instant openedAt() {
        return openedAt;
    }

    /** Null while the shard is open. */
    public @Nullable Instant closedAt() {
        return closedAt;
    }

    public boolean isOpen() {
        return closedAt == null;
    }

    /** Whether the shard took records at the time. */
    public boolean wasOpenAt(Instant time) {
        return !openedAt.isAfter(time) && (closedAt == null || closedAt.isAfter(time));
    }

    public String id() {
        return id;
    }

    /** The id in ASCII. Not to be changed. */
    public byte[] idBytes() {
        return idBytes;
    }

    public SequenceNumbers sequenceNumbers() {
        return sequenceNumbers;
    }

    public ShardLimits limits() {
        return limits;
    }

    public ShardTraffic traffic() {
        return traffic;
    }

    @Override
    public String toString() {
        return id + (isOpen() ? "" : " (closed)");
    }

    /** The shards that a shard was made of: none, one that was split, or two that were merged. */
    public record Lineage(OptionalInt parent, OptionalInt adjacentParent) {

        public static final Lineage NONE = new Lineage(OptionalInt.empty(), OptionalInt.empty());

        public static Lineage splitOf(int parent) {
            return new Lineage(OptionalInt.of(parent), OptionalInt.empty());
        }

        public static Lineage mergeOf(int parent, int adjacentParent) {
            return new Lineage(OptionalInt.of(parent), OptionalInt.of(adjacentParent));
        }
    }
}
