package io.riacho.flink.function;

/** {@code KDA_VAR_SAMP(x)}: always DOUBLE, unlike Flink's own. */
public final class VarSamp extends VarianceFunction {
    public VarSamp() {
        super(true, false);
    }
}
