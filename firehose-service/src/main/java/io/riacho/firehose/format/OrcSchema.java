package io.riacho.firehose.format;

import io.riacho.firehose.catalog.HiveType;
import io.riacho.firehose.catalog.TableColumn;
import java.util.List;
import org.apache.orc.TypeDescription;

/** A table's columns as ORC names them. */
final class OrcSchema {

    private OrcSchema() {}

    static TypeDescription of(List<TableColumn> columns) {
        TypeDescription row = TypeDescription.createStruct();
        columns.forEach(column -> row.addField(column.name(), of(column.type())));
        return row;
    }

    private static TypeDescription of(HiveType type) {
        if (type instanceof HiveType.Primitive primitive) {
            return of(primitive);
        }
        return switch (type) {
            case HiveType.Decimal decimal ->
                // In this order: a scale has to be within the precision at any time.
                TypeDescription.createDecimal()
                        .withScale(0)
                        .withPrecision(decimal.precision())
                        .withScale(decimal.scale());
            case HiveType.Varchar varchar -> TypeDescription.createVarchar().withMaxLength(varchar.length());
            case HiveType.Char fixed -> TypeDescription.createChar().withMaxLength(fixed.length());
            case HiveType.Array array -> TypeDescription.createList(of(array.element()));
            case HiveType.Map map -> TypeDescription.createMap(of(map.key()), of(map.value()));
            case HiveType.Struct struct -> {
                TypeDescription fields = TypeDescription.createStruct();
                struct.fields().forEach(field -> fields.addField(field.name(), of(field.type())));
                yield fields;
            }
            default -> throw new IllegalStateException("No column is " + type);
        };
    }

    private static TypeDescription of(HiveType.Primitive type) {
        return switch (type) {
            case BOOLEAN -> TypeDescription.createBoolean();
            case TINYINT -> TypeDescription.createByte();
            case SMALLINT -> TypeDescription.createShort();
            case INT -> TypeDescription.createInt();
            case BIGINT -> TypeDescription.createLong();
            case FLOAT -> TypeDescription.createFloat();
            case DOUBLE -> TypeDescription.createDouble();
            case STRING -> TypeDescription.createString();
            case BINARY -> TypeDescription.createBinary();
            case DATE -> TypeDescription.createDate();
            case TIMESTAMP -> TypeDescription.createTimestamp();
        };
    }
}
