package io.riacho.flink.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The description of the columns of a line: {@code name TYPE type ['format'] [NOT NULL] [START n [FOR n]]}, joined by
 * commas. A name without quotes becomes capitals.
 */
final class LogColumns {
    private static final int MOST = 1000;
    private static final Pattern COLUMN = Pattern.compile(
            "\\s*(?:\"([^\"]+)\"|(\\w+))\\s+(?:TYPE\\s+)?([A-Z]+)\\s*(?:\\(\\s*([0-9]{1,9})\\s*(?:,\\s*([0-9]{1,2})\\s*)?\\))?"
                    + "\\s*(?:'([^']*)')?\\s*(NOT\\s+NULL)?\\s*(?:START\\s+([0-9]{1,9}))?\\s*(?:FOR\\s+([0-9]{1,9}))?\\s*(,|$)",
            Pattern.CASE_INSENSITIVE);

    private final List<Column> columns;
    private final DateFormats formats = new DateFormats();

    private LogColumns(List<Column> columns) {
        this.columns = columns;
    }

    /**
     * One column.
     *
     * @param size characters of a text, digits of a DECIMAL; -1 for none
     * @param start where it begins in the line, counted from 0; -1 if that is not said
     * @param length of its text in the line; -1 to the next column
     */
    record Column(
            String name,
            String type,
            int size,
            int scale,
            @Nullable String format,
            boolean required,
            int start,
            int length) {

        DataType dataType() {
            return switch (type) {
                case "TINYINT" -> DataTypes.TINYINT();
                case "SMALLINT" -> DataTypes.SMALLINT();
                case "INT", "INTEGER" -> DataTypes.INT();
                case "BIGINT" -> DataTypes.BIGINT();
                case "REAL" -> DataTypes.FLOAT();
                case "FLOAT", "DOUBLE" -> DataTypes.DOUBLE();
                case "DECIMAL" -> decimal();
                case "CHAR", "VARCHAR" -> DataTypes.STRING();
                case "BOOLEAN" -> DataTypes.BOOLEAN();
                case "DATE" -> DataTypes.DATE();
                case "TIME" -> DataTypes.TIME(0);
                case "TIMESTAMP" -> DataTypes.TIMESTAMP(3);
                default -> throw new ValidationException("There is no column type " + type);
            };
        }

        private DataType decimal() {
            int precision = size < 0 ? 19 : size;
            if (precision < 1 || precision > 38 || scale > precision) {
                throw new ValidationException("DECIMAL(" + precision + "," + scale + ") is not possible");
            }
            return DataTypes.DECIMAL(precision, scale);
        }
    }

    /** Reads a description, or how many text columns there are; null if it is neither. */
    static @Nullable LogColumns of(String description) {
        if (description.matches("\\s*[0-9]{1,4}\\s*")) {
            int count = Integer.parseInt(description.trim());
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                columns.add(new Column("COLUMN" + i, "VARCHAR", 1024, 0, null, false, -1, -1));
            }
            return count == 0 || count > MOST ? null : new LogColumns(columns);
        }
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Matcher matcher = COLUMN.matcher(description);
        int at = 0;
        while (at < description.length()) {
            if (!matcher.find(at) || matcher.start() != at || columns.size() == MOST) {
                return null;
            }
            Column column = column(matcher);
            if (!names.add(column.name())) {
                return null;
            }
            columns.add(column);
            at = matcher.end();
            if (matcher.group(10).isEmpty() && at < description.length()) {
                return null;
            }
        }
        return columns.isEmpty() ? null : new LogColumns(columns);
    }

    private static Column column(Matcher match) {
        String quoted = match.group(1);
        return new Column(
                quoted == null ? match.group(2).toUpperCase(Locale.ROOT) : quoted,
                match.group(3).toUpperCase(Locale.ROOT),
                number(match.group(4), -1),
                number(match.group(5), 0),
                match.group(6),
                match.group(7) != null,
                number(match.group(8), -1),
                number(match.group(9), -1));
    }

    private static int number(@Nullable String text, int otherwise) {
        return text == null ? otherwise : Integer.parseInt(text);
    }

    List<Column> columns() {
        return columns;
    }

    List<DataTypes.Field> fields() {
        return columns.stream()
                .map(column -> DataTypes.FIELD(column.name(), column.dataType()))
                .toList();
    }

    /** Whether a text can be the column's value; an empty one is NULL but for a text column. */
    boolean accepts(Column column, @Nullable String text, @Nullable Object value) {
        if (value == null) {
            return !column.required() && (text == null || text.isBlank());
        }
        return true;
    }

    /** The value of a text in a column, NULL if it is none. */
    @Nullable
    Object value(Column column, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Long whole;
        Double real;
        return switch (column.type()) {
            case "TINYINT" ->
                (whole = Texts.whole(text)) == null || whole != whole.byteValue() ? null : whole.byteValue();
            case "SMALLINT" ->
                (whole = Texts.whole(text)) == null || whole != whole.shortValue() ? null : whole.shortValue();
            case "INT", "INTEGER" ->
                (whole = Texts.whole(text)) == null || whole != whole.intValue() ? null : whole.intValue();
            case "BIGINT" -> Texts.whole(text);
            case "REAL" -> (real = Texts.real(text)) == null ? null : real.floatValue();
            case "FLOAT", "DOUBLE" -> Texts.real(text);
            case "DECIMAL" -> decimal(column, text);
            case "BOOLEAN" -> Texts.truth(text);
            case "DATE" -> date(column, text);
            case "TIME" -> time(column, text);
            case "TIMESTAMP" -> timestamp(column, text);
            default -> column.size() >= 0 && text.length() > column.size() ? text.substring(0, column.size()) : text;
        };
    }

    private static @Nullable BigDecimal decimal(Column column, String text) {
        BigDecimal decimal = Texts.decimal(text);
        if (decimal == null) {
            return null;
        }
        BigDecimal scaled = decimal.setScale(column.scale(), RoundingMode.HALF_UP);
        return scaled.precision() > (column.size() < 0 ? 19 : column.size()) ? null : scaled;
    }

    private @Nullable LocalDate date(Column column, String text) {
        String format = column.format();
        if (format == null) {
            return Texts.date(text);
        }
        Long millis = formats.parse(format, text);
        return millis == null ? null : LocalDate.ofEpochDay(Math.floorDiv(millis, 86_400_000L));
    }

    private @Nullable LocalTime time(Column column, String text) {
        String format = column.format();
        if (format == null) {
            return Texts.time(text);
        }
        Long millis = formats.parse(format, text);
        return millis == null ? null : LocalTime.ofSecondOfDay(Math.floorMod(millis, 86_400_000L) / 1000);
    }

    private @Nullable LocalDateTime timestamp(Column column, String text) {
        String format = column.format();
        if (format == null) {
            return Texts.timestamp(text);
        }
        Long millis = formats.parse(format, text);
        return millis == null ? null : Moments.of(millis);
    }
}
