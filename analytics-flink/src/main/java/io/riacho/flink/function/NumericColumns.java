package io.riacho.flink.function;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** The numeric columns of a table that machine learning looks at: not DECIMAL, and none of the translation's own. */
record NumericColumns(List<Integer> indexes, List<String> names) implements Serializable {
    private static final int MOST = 30;

    static NumericColumns of(CallContext call, Columns columns) {
        if (call.getTableSemantics(0).orElseThrow().partitionByColumns().length > 0) {
            throw new ValidationException(call.getName() + " looks at the whole stream: PARTITION BY is not possible");
        }
        List<Integer> indexes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.names().size(); i++) {
            LogicalType type = columns.types().get(i).getLogicalType();
            String name = columns.names().get(i);
            if (!name.startsWith("__")
                    && (type.is(LogicalTypeFamily.INTEGER_NUMERIC) || type.is(LogicalTypeFamily.APPROXIMATE_NUMERIC))) {
                indexes.add(i);
                names.add(name);
            }
        }
        if (indexes.isEmpty() || indexes.size() > MOST) {
            throw new ValidationException(call.getName() + " takes 1 to " + MOST
                    + " numeric columns (DECIMAL is none), not " + indexes.size());
        }
        return new NumericColumns(List.copyOf(indexes), List.copyOf(names));
    }

    /** The row's point, null if a value is missing or not finite. */
    double @Nullable [] point(Row row) {
        double[] point = new double[indexes.size()];
        for (int i = 0; i < point.length; i++) {
            if (!(row.getField(indexes.get(i)) instanceof Number number) || !Double.isFinite(number.doubleValue())) {
                return null;
            }
            point[i] = number.doubleValue();
        }
        return point;
    }
}
