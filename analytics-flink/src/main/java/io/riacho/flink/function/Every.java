package io.riacho.flink.function;

import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** {@code KDA_EVERY(x)}: true if all are true; NULLs do not count, of none it is NULL. */
public final class Every extends AggregateFunction<Boolean, Every.Seen> {

    /** What was seen so far; NULL for nothing. */
    public static final class Seen {
        public @Nullable Boolean value;
    }

    @Override
    public Seen createAccumulator() {
        return new Seen();
    }

    public void accumulate(Seen seen, @Nullable Boolean value) {
        if (value != null) {
            Boolean before = seen.value;
            seen.value = before == null ? value : before && value;
        }
    }

    public void merge(Seen seen, Iterable<Seen> others) {
        for (Seen other : others) {
            accumulate(seen, other.value);
        }
    }

    @Override
    public @Nullable Boolean getValue(Seen seen) {
        return seen.value;
    }
}
