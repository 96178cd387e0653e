package io.riacho.flink.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * A function of a line of text that gives a row, whose columns follow from the call's literals. A line that is not of that
 * form gives NULL. All arguments are text.
 */
public abstract class LogParser extends ScalarFunction {

    /** Reads the call's literals; refuses what cannot be with {@link ValidationException}. */
    abstract List<DataTypes.Field> columns(CallContext call);

    /** How many arguments a call may have. */
    abstract List<Integer> arguments();

    @Override
    public final TypeInference getTypeInference(DataTypeFactory factory) {
        List<InputTypeStrategy> forms = new ArrayList<>();
        for (int count : arguments()) {
            DataType[] texts = new DataType[count];
            Arrays.fill(texts, DataTypes.STRING());
            forms.add(InputTypeStrategies.explicitSequence(texts));
        }
        return TypeInference.newBuilder()
                .inputTypeStrategy(
                        forms.size() == 1
                                ? forms.get(0)
                                : InputTypeStrategies.or(forms.toArray(InputTypeStrategy[]::new)))
                .outputTypeStrategy(call -> Optional.of(DataTypes.ROW(columns(call))))
                .build();
    }

    static String literal(CallContext call, int position) {
        return call.getArgumentValue(position, String.class)
                .orElseThrow(() -> new ValidationException(
                        call.getName() + ": argument " + (position + 1) + " must be a literal string"));
    }

    /** COLUMN1 to COLUMNn, text. */
    static List<DataTypes.Field> texts(int count) {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            fields.add(DataTypes.FIELD("COLUMN" + i, DataTypes.STRING()));
        }
        return fields;
    }
}
