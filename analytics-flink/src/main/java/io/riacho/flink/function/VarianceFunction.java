package io.riacho.flink.function;

import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** The variances and standard deviations for Flink's own windows. */
public abstract class VarianceFunction extends AggregateFunction<Double, VarianceFunction.Spread> {
    private final boolean sample;
    private final boolean root;

    VarianceFunction(boolean sample, boolean root) {
        this.sample = sample;
        this.root = root;
    }

    /** Count, mean and sum of squared distances from it. */
    public static final class Spread {
        public long count;
        public double mean;
        public double squares;
    }

    @Override
    public Spread createAccumulator() {
        return new Spread();
    }

    public void accumulate(Spread spread, @Nullable Double value) {
        if (value != null) {
            spread.count++;
            double distance = value - spread.mean;
            spread.mean += distance / spread.count;
            spread.squares += distance * (value - spread.mean);
        }
    }

    public void merge(Spread spread, Iterable<Spread> others) {
        for (Spread other : others) {
            if (other.count > 0) {
                long count = spread.count + other.count;
                double distance = other.mean - spread.mean;
                spread.squares += other.squares + distance * distance * spread.count * other.count / count;
                spread.mean += distance * other.count / count;
                spread.count = count;
            }
        }
    }

    @Override
    public @Nullable Double getValue(Spread spread) {
        if (spread.count < (sample ? 2 : 1)) {
            return null;
        }
        double variance = spread.squares / (sample ? spread.count - 1 : spread.count);
        return root ? Math.sqrt(variance) : variance;
    }
}
