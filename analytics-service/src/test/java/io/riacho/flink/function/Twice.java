package io.riacho.flink.function;

import org.apache.flink.table.functions.ScalarFunction;

/** A function that a remote cluster has from the job's jar alone. */
public class Twice extends ScalarFunction {

    private static final long serialVersionUID = 1L;

    public long eval(long n) {
        return 2 * n;
    }
}
