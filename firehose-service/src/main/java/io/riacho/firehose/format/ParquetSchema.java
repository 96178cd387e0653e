package io.riacho.firehose.format;

import io.riacho.firehose.catalog.HiveType;
import io.riacho.firehose.catalog.TableColumn;
import java.math.BigInteger;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * A table's columns as Parquet names them. Timestamps are INT96, as Hive writes them: to the nanosecond, without a time
 * zone.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">Parquet's logical types</a>
 */
final class ParquetSchema {

    private ParquetSchema() {}

    static MessageType of(List<TableColumn> columns) {
        return new MessageType(
                "hive_schema",
                columns.stream()
                        .map(column -> type(column.type(), column.name(), Repetition.OPTIONAL))
                        .toList());
    }

    /** How many bytes hold all numbers of so many digits. */
    static int decimalBytes(int precision) {
        int bits = BigInteger.TEN.pow(precision).bitLength() + 1;
        return (bits + 7) / 8;
    }

    private static Type type(HiveType type, String name, Repetition repetition) {
        if (type instanceof HiveType.Primitive primitive) {
            return primitive(primitive, name, repetition);
        }
        return switch (type) {
            case HiveType.Decimal decimal ->
                Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                        .length(decimalBytes(decimal.precision()))
                        .as(LogicalTypeAnnotation.decimalType(decimal.scale(), decimal.precision()))
                        .named(name);
            case HiveType.Array array ->
                Types.list(repetition)
                        .element(type(array.element(), "element", Repetition.OPTIONAL))
                        .named(name);
            case HiveType.Map map ->
                Types.map(repetition)
                        .key(type(map.key(), "key", Repetition.REQUIRED))
                        .value(type(map.value(), "value", Repetition.OPTIONAL))
                        .named(name);
            case HiveType.Struct struct ->
                Types.buildGroup(repetition)
                        .addFields(struct.fields().stream()
                                .map(field -> type(field.type(), field.name(), Repetition.OPTIONAL))
                                .toArray(Type[]::new))
                        .named(name);
            default -> text(name, repetition);
        };
    }

    private static Type primitive(HiveType.Primitive type, String name, Repetition repetition) {
        return switch (type) {
            case BOOLEAN ->
                Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
            case TINYINT -> integer(8, name, repetition);
            case SMALLINT -> integer(16, name, repetition);
            case INT -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
            case BIGINT -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
            case FLOAT -> Types.primitive(PrimitiveTypeName.FLOAT, repetition).named(name);
            case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
            case STRING -> text(name, repetition);
            case BINARY -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
            case DATE ->
                Types.primitive(PrimitiveTypeName.INT32, repetition)
                        .as(LogicalTypeAnnotation.dateType())
                        .named(name);
            case TIMESTAMP ->
                Types.primitive(PrimitiveTypeName.INT96, repetition).named(name);
        };
    }

    private static Type integer(int bits, String name, Repetition repetition) {
        return Types.primitive(PrimitiveTypeName.INT32, repetition)
                .as(LogicalTypeAnnotation.intType(bits, true))
                .named(name);
    }

    private static Type text(String name, Repetition repetition) {
        return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }
}
