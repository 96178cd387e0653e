package io.riacho.flink.function;

/** {@code KDA_STDDEV_SAMP(x)}: always DOUBLE, unlike Flink's own. */
public final class StddevSamp extends VarianceFunction {
    public StddevSamp() {
        super(true, true);
    }
}
