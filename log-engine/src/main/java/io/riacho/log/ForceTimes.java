package io.riacho.log;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** How long the disk took to make commits durable. Safe for use by many threads. */
final class ForceTimes {

    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    void add(long took) {
        count.increment();
        nanos.add(took);
        longest.accumulate(took);
    }

    long count() {
        return count.sum();
    }

    long nanos() {
        return nanos.sum();
    }

    long longestNanos() {
        return longest.get();
    }
}
