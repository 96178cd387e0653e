package io.riacho.metrics.history;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What is known of the values of one period. Values are kept for percentiles, up to {@value #MAX_VALUES} different ones:
 * beyond that the two that are nearest to each other become one. Not safe for use by many threads.
 */
public final class Statistics {

    static final int MAX_VALUES = 128;

    /** Of an object without values, with its place in a map. */
    static final int BYTES = 160;

    private static final double[] NONE = {};

    private double count;
    private double sum;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;
    private boolean valuesAreKnown = true;
    private int size;
    private double[] values = NONE;
    private double[] counts = NONE;

    void add(Samples samples) {
        addTotals(samples.count(), samples.sum(), samples.minimum(), samples.maximum());
        if (!samples.areKnown()) {
            forgetValues();
        }
        for (int i = 0; i < samples.size() && valuesAreKnown; i++) {
            addValue(samples.value(i), samples.count(i));
        }
    }

    void add(Statistics other) {
        addTotals(other.count, other.sum, other.minimum, other.maximum);
        if (!other.valuesAreKnown) {
            forgetValues();
        }
        for (int i = 0; i < other.size && valuesAreKnown; i++) {
            addValue(other.values[i], other.counts[i]);
        }
    }

    void forgetValues() {
        valuesAreKnown = false;
        size = 0;
        values = NONE;
        counts = NONE;
    }

    public double count() {
        return count;
    }

    public double sum() {
        return sum;
    }

    public double average() {
        return sum / count;
    }

    public double minimum() {
        return minimum;
    }

    public double maximum() {
        return maximum;
    }

    /**
     * The least value that is not exceeded by so many percent of all. Empty where values came as statistic sets, which do
     * not tell.
     *
     * @param percent from 0 to 100
     */
    public OptionalDouble percentile(double percent) {
        if (!valuesAreKnown || size == 0) {
            return OptionalDouble.empty();
        }
        double wanted = count * percent / 100;
        double seen = 0;
        for (int i = 0; i < size; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return OptionalDouble.of(Math.clamp(values[i], minimum, maximum));
            }
        }
        return OptionalDouble.of(maximum);
    }

    /** What this takes in memory, about. */
    int bytes() {
        return BYTES + 16 * values.length;
    }

    private void addTotals(double moreCount, double moreSum, double least, double most) {
        count += moreCount;
        sum += moreSum;
        minimum = Math.min(minimum, least);
        maximum = Math.max(maximum, most);
    }

    private void addValue(double value, double times) {
        int at = Arrays.binarySearch(values, 0, size, value);
        if (at >= 0) {
            counts[at] += times;
            return;
        }
        if (size == MAX_VALUES) {
            joinNearest();
            at = Arrays.binarySearch(values, 0, size, value);
            if (at >= 0) {
                counts[at] += times;
                return;
            }
        }
        if (size == values.length) {
            int larger = Math.min(MAX_VALUES, Math.max(2, 2 * size));
            values = Arrays.copyOf(values, larger);
            counts = Arrays.copyOf(counts, larger);
        }
        int place = -at - 1;
        System.arraycopy(values, place, values, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        values[place] = value;
        counts[place] = times;
        size++;
    }

    private void joinNearest() {
        int nearest = 0;
        for (int i = 1; i < size - 1; i++) {
            if (values[i + 1] - values[i] < values[nearest + 1] - values[nearest]) {
                nearest = i;
            }
        }
        double both = counts[nearest] + counts[nearest + 1];
        double share = counts[nearest + 1] / both;
        values[nearest] += (values[nearest + 1] - values[nearest]) * share;
        counts[nearest] = both;
        System.arraycopy(values, nearest + 2, values, nearest + 1, size - nearest - 2);
        System.arraycopy(counts, nearest + 2, counts, nearest + 1, size - nearest - 2);
        size--;
    }
}
