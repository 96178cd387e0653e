package io.riacho.flink.function;

/** {@code KDA_VAR_POP(x)}: always DOUBLE, unlike Flink's own. */
public final class VarPop extends VarianceFunction {
    public VarPop() {
        super(false, false);
    }
}
