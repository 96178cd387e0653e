package io.riacho.flink.format;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.jspecify.annotations.Nullable;

/** The text of one column's values, and whether JSON has it as it is. */
final class RowText implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final String name;
    private final LogicalType type;
    private final RowData.FieldGetter getter;

    /** @throws ValidationException where the type has no text */
    RowText(String name, LogicalType type, int place) {
        this.name = name;
        this.type = type;
        this.getter = RowData.createFieldGetter(type, place);
        switch (type.getTypeRoot()) {
            case TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    BOOLEAN,
                    CHAR,
                    VARCHAR,
                    BINARY,
                    VARBINARY -> {}
            case DATE, TIME_WITHOUT_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {}
            case NULL -> {}
            default ->
                throw new ValidationException("The column " + name + " has the type " + type.asSummaryString()
                        + ", which has no form in a record");
        }
    }

    String name() {
        return name;
    }

    /** Null for NULL. */
    @Nullable
    String of(RowData row) {
        Object value = getter.getFieldOrNull(row);
        if (value == null) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case DECIMAL -> ((DecimalData) value).toBigDecimal().toPlainString();
            case BINARY, VARBINARY -> Base64.getEncoder().encodeToString((byte[]) value);
            case DATE -> LocalDate.ofEpochDay((int) value).toString();
            case TIME_WITHOUT_TIME_ZONE -> TIME.format(LocalTime.ofNanoOfDay((int) value * 1_000_000L));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                TimeText.format(((TimestampData) value).toLocalDateTime());
            default -> value.toString();
        };
    }

    /** Whether JSON writes it without quotes. */
    boolean isBare(String text) {
        return switch (type.getTypeRoot()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, BOOLEAN -> true;
            case FLOAT, DOUBLE -> !text.equals("NaN") && !text.endsWith("Infinity");
            default -> false;
        };
    }
}
