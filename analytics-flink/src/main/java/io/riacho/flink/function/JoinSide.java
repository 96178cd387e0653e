package io.riacho.flink.function;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * One of the two tables of a {@link Join}.
 *
 * @param keys indexes of the partition columns, which Flink puts out by itself
 * @param shown indexes of the columns that are put out
 * @param outer whether rows that met none go out
 */
record JoinSide(Columns columns, List<Integer> keys, List<Integer> shown, long size, boolean outer)
        implements Serializable {
    /** A table of its own, all of whose columns but the time and the keys are put out. */
    static JoinSide of(Columns columns, List<Integer> keys, long size, boolean outer) {
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < columns.names().size(); i++) {
            if (i != columns.time() && !keys.contains(i)) {
                shown.add(i);
            }
        }
        return new JoinSide(columns, List.copyOf(keys), List.copyOf(shown), size, outer);
    }

    boolean hasNullKey(Row row) {
        for (int key : keys) {
            if (isNull(row.getField(key))) {
                return true;
            }
        }
        return false;
    }

    /** Several keys may come as one row, which equals no other if one of them is NULL. */
    private static boolean isNull(@Nullable Object key) {
        if (key instanceof Row several) {
            for (int i = 0; i < several.getArity(); i++) {
                if (isNull(several.getField(i))) {
                    return true;
                }
            }
        }
        return key == null;
    }
}
