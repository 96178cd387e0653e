package io.riacho.flink.function;

import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentTypeStrategy;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Arguments that are all dates, all times of day, or timestamps. Overloads alone would not do: a timestamp that is not of the
 * declared precision may be taken for a date, since Flink may cast it to one.
 *
 * @param arguments positions of the arguments that decide together
 */
record TemporalArgument(List<Integer> arguments) implements ArgumentTypeStrategy {
    @Override
    public Optional<DataType> inferArgumentType(CallContext call, int position, boolean throwOnFailure) {
        if (all(call, LogicalTypeRoot.DATE)) {
            return Optional.of(DataTypes.DATE());
        }
        if (all(call, LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE)) {
            return Optional.of(DataTypes.TIME(0));
        }
        return Optional.of(DataTypes.TIMESTAMP(3));
    }

    private boolean all(CallContext call, LogicalTypeRoot root) {
        for (int position : arguments) {
            if (!call.getArgumentDataTypes().get(position).getLogicalType().is(root)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Signature.Argument getExpectedArgument(FunctionDefinition function, int position) {
        return Signature.Argument.ofGroup("TIMESTAMP, DATE or TIME");
    }
}
