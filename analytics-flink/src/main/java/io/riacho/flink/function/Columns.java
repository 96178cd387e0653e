package io.riacho.flink.function;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.types.ColumnList;
import org.apache.flink.types.Row;

/**
 * The columns of a table argument.
 *
 * @param time index of the column that {@code on_time} names, -1 if none
 */
record Columns(List<String> names, List<DataType> types, int time) implements Serializable {

    /** Of the table argument at a position of the call. */
    static Columns of(CallContext call, int position) {
        TableSemantics table = call.getTableSemantics(position)
                .orElseThrow(() -> new ValidationException(call.getName() + " takes a table"));
        DataType row = table.dataType();
        List<String> names = List.copyOf(DataType.getFieldNames(row));
        List<DataType> types = new ArrayList<>();
        for (DataType type : DataType.getFieldDataTypes(row)) {
            types.add(plain(type));
        }
        int time = -1;
        int arguments = call.getArgumentDataTypes().size();
        for (int i = position + 1; i < arguments && time < 0; i++) {
            if (call.getArgumentDataTypes()
                    .get(i)
                    .getLogicalType()
                    .is(org.apache.flink.table.types.logical.LogicalTypeRoot.DESCRIPTOR)) {
                for (String name : call.getArgumentValue(i, ColumnList.class)
                        .map(ColumnList::getNames)
                        .orElse(List.of())) {
                    time = Math.max(time, names.indexOf(name));
                }
            }
        }
        return new Columns(names, List.copyOf(types), time >= 0 ? time : table.timeColumn());
    }

    /** A time attribute is an ordinary timestamp once it is held in state. */
    private static DataType plain(DataType type) {
        LogicalType logical = type.getLogicalType();
        if (!LogicalTypeChecks.isTimeAttribute(logical)) {
            return type;
        }
        int precision = LogicalTypeChecks.getPrecision(logical);
        LogicalType ordinary = logical instanceof TimestampType
                ? new TimestampType(logical.isNullable(), precision)
                : new LocalZonedTimestampType(logical.isNullable(), precision);
        return org.apache.flink.table.types.utils.TypeConversions.fromLogicalToDataType(ordinary);
    }

    /** Index of a column that must exist. */
    int index(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new ValidationException("There is no column '" + name + "' among " + names);
        }
        return index;
    }

    /** The type of all columns together, each nullable, as state holds them. */
    DataType rowType() {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(DataTypes.FIELD("f" + i, types.get(i).nullable()));
        }
        return DataTypes.ROW(fields);
    }

    /** The columns but the time column, as a function puts them out. */
    List<DataTypes.Field> fields(boolean nullable) {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (i != time) {
                DataType type = types.get(i);
                fields.add(DataTypes.FIELD(names.get(i), nullable ? type.nullable() : type));
            }
        }
        return fields;
    }

    /** Number of columns without the time column. */
    int width() {
        return time >= 0 ? names.size() - 1 : names.size();
    }

    /** Copies the columns but the time column into a result, from an index on. */
    void copy(Row from, Row to, int at) {
        int next = at;
        for (int i = 0; i < names.size(); i++) {
            if (i != time) {
                to.setField(next++, from.getField(i));
            }
        }
    }
}
