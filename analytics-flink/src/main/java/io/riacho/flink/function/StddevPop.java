package io.riacho.flink.function;

/** {@code KDA_STDDEV_POP(x)}: always DOUBLE, unlike Flink's own. */
public final class StddevPop extends VarianceFunction {
    public StddevPop() {
        super(false, true);
    }
}
