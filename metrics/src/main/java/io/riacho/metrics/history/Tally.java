package io.riacho.metrics.history;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Values that are counted by many threads, and looked at by one now and then. */
public final class Tally {

    private final LongAdder count = new LongAdder();
    private final LongAdder sum = new LongAdder();
    private final LongAccumulator least = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator most = new LongAccumulator(Math::max, Long.MIN_VALUE);
    private long takenCount;
    private long takenSum;
    private volatile long lastMost;

    public void add(long value) {
        count.increment();
        sum.add(value);
        least.accumulate(value);
        most.accumulate(value);
    }

    /** How many values there were, ever. */
    public long count() {
        return count.sum();
    }

    public long sum() {
        return sum.sum();
    }

    /** The greatest value of what was taken last; 0 where there was none. */
    public long lastMost() {
        return lastMost;
    }

    /**
     * What was added since this was called last; null where nothing was. A value that is added meanwhile may count now with
     * one of its parts and the next time with the other, but none is lost. To be called by one thread at a time.
     */
    public @Nullable Taken take() {
        long nowCount = count.sum();
        long newCount = nowCount - takenCount;
        if (newCount == 0) {
            lastMost = 0;
            return null;
        }
        long nowSum = sum.sum();
        long newSum = nowSum - takenSum;
        takenCount = nowCount;
        takenSum = nowSum;
        long average = newSum / newCount;
        long newLeast = Math.min(least.getThenReset(), average);
        long newMost = Math.max(most.getThenReset(), average);
        lastMost = newMost;
        return new Taken(newCount, newSum, newLeast, newMost);
    }

    /** Values that were added in some time. */
    public record Taken(long count, long sum, long least, long most) {}
}
