package io.riacho.flink.function;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** A function that a remote cluster has from the job's jar alone. */
public class Twice extends ScalarFunction {

    private static final long serialVersionUID = 1L;

    public @Nullable Long eval(@Nullable Long n) {
        return n == null ? null : 2 * n;
    }
}
