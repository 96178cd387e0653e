package io.riacho.flink.function;

import org.apache.flink.table.functions.FunctionContext;

/** How much a function may hold. */
final class Limits {
    /** Job parameter ({@code pipeline.global-job-parameters}): rows that a function holds for one key. */
    static final String MAX_ROWS = "riacho.function.max-rows";

    private static final int MAX_ROWS_DEFAULT = 1_000_000;

    private Limits() {}

    static int maxRows(FunctionContext context) {
        String value = context.getJobParameter(MAX_ROWS, Integer.toString(MAX_ROWS_DEFAULT));
        try {
            int rows = Integer.parseInt(value.trim());
            if (rows > 0) {
                return rows;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below.
        }
        throw new IllegalArgumentException(MAX_ROWS + " must be a positive number, not '" + value + "'");
    }
}
