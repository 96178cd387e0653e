package io.riacho.metrics.history;

import java.util.Arrays;

/**
 * Some measured values at once: each by itself, or only what can be said of all.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_StatisticSet.html">StatisticSet</a>
 */
public final class Samples {

    private static final double[] UNKNOWN = {};

    private final double count;
    private final double sum;
    private final double minimum;
    private final double maximum;
    private final double[] values;
    private final double[] counts;

    private Samples(double count, double sum, double minimum, double maximum, double[] values, double[] counts) {
        this.count = count;
        this.sum = sum;
        this.minimum = minimum;
        this.maximum = maximum;
        this.values = values;
        this.counts = counts;
    }

    public static Samples of(double value) {
        return new Samples(1, value, value, value, new double[] {value}, new double[] {1});
    }

    /** What was measured elsewhere: the values themselves are known only where they are all the same. */
    public static Samples ofSet(double count, double sum, double minimum, double maximum) {
        return minimum == maximum
                ? new Samples(count, sum, minimum, maximum, new double[] {minimum}, new double[] {count})
                : new Samples(count, sum, minimum, maximum, UNKNOWN, UNKNOWN);
    }

    /** @param counts how often each value was measured, more than 0 times */
    public static Samples of(double[] values, double[] counts) {
        if (values.length == 0 || values.length != counts.length) {
            throw new IllegalArgumentException("each value has its count");
        }
        double count = 0;
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            count += counts[i];
            sum += values[i] * counts[i];
        }
        return new Samples(
                count,
                sum,
                Arrays.stream(values).min().orElseThrow(),
                Arrays.stream(values).max().orElseThrow(),
                values.clone(),
                counts.clone());
    }

    public double count() {
        return count;
    }

    public double sum() {
        return sum;
    }

    public double minimum() {
        return minimum;
    }

    public double maximum() {
        return maximum;
    }

    boolean areKnown() {
        return values.length > 0;
    }

    int size() {
        return values.length;
    }

    double value(int i) {
        return values[i];
    }

    double count(int i) {
        return counts[i];
    }
}
