package io.riacho.kdasql;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A type of the dialect.
 *
 * @param precision length of text, digits of DECIMAL; -1 where there is none
 * @param scale of DECIMAL
 * @param fields of ROW
 */
record Type(Kind kind, int precision, int scale, List<Field> fields) {
    enum Kind {
        NULL,
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INTEGER,
        BIGINT,
        DECIMAL,
        REAL,
        DOUBLE,
        CHAR,
        VARCHAR,
        BINARY,
        VARBINARY,
        DATE,
        TIME,
        TIMESTAMP,
        /** Milliseconds, a BIGINT to Flink; the dialect has no columns of it. */
        INTERVAL,
        /** Of literals only. */
        INTERVAL_MONTHS,
        ROW
    }

    record Field(String name, Type type) {}

    static final Type NULL = of(Kind.NULL);
    static final Type BOOLEAN = of(Kind.BOOLEAN);
    static final Type INTEGER = of(Kind.INTEGER);
    static final Type BIGINT = of(Kind.BIGINT);
    static final Type DOUBLE = of(Kind.DOUBLE);
    static final Type VARCHAR = of(Kind.VARCHAR);
    static final Type DATE = of(Kind.DATE);
    static final Type TIME = of(Kind.TIME);
    static final Type TIMESTAMP = of(Kind.TIMESTAMP);
    static final Type INTERVAL = of(Kind.INTERVAL);

    static Type of(Kind kind) {
        return new Type(kind, -1, -1, List.of());
    }

    static Type text(Kind kind, int length) {
        return new Type(kind, length, -1, List.of());
    }

    static Type decimal(int precision, int scale) {
        return new Type(Kind.DECIMAL, Math.min(precision, 38), Math.min(scale, 38), List.of());
    }

    static Type row(List<Field> fields) {
        return new Type(Kind.ROW, -1, -1, List.copyOf(fields));
    }

    static Type of(SqlDataTypeSpec spec) {
        SqlParserPos position = spec.getParserPosition();
        int precision = -1;
        int scale = -1;
        if (spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic) {
            precision = basic.getPrecision();
            scale = basic.getScale();
        }
        String name = spec.getTypeName().getSimple().toUpperCase(Locale.ROOT);
        return of(name, precision, scale, position);
    }

    /** A type as the schema of the API writes it. */
    static Type parse(String sqlType) {
        String text = sqlType.strip().toUpperCase(Locale.ROOT);
        int open = text.indexOf('(');
        if (open < 0) {
            return of(text, -1, -1, SqlParserPos.ZERO);
        }
        int close = text.indexOf(')');
        if (close < open) {
            throw new SqlCodeException(SqlParserPos.ZERO, "The type " + sqlType + " is not known");
        }
        String[] numbers = text.substring(open + 1, close).split(",");
        try {
            return of(
                    text.substring(0, open).strip(),
                    Integer.parseInt(numbers[0].strip()),
                    numbers.length > 1 ? Integer.parseInt(numbers[1].strip()) : -1,
                    SqlParserPos.ZERO);
        } catch (NumberFormatException e) {
            throw new SqlCodeException(SqlParserPos.ZERO, "The type " + sqlType + " is not known");
        }
    }

    private static Type of(String name, int precision, int scale, SqlParserPos position) {
        return switch (name) {
            case "BOOLEAN" -> BOOLEAN;
            case "TINYINT" -> of(Kind.TINYINT);
            case "SMALLINT" -> of(Kind.SMALLINT);
            case "INTEGER", "INT" -> INTEGER;
            case "BIGINT" -> BIGINT;
            case "DECIMAL", "NUMERIC", "DEC" -> decimalOf(precision, scale, position);
            case "REAL" -> of(Kind.REAL);
            case "FLOAT", "DOUBLE", "DOUBLE PRECISION" -> DOUBLE;
            case "CHAR", "CHARACTER" -> text(Kind.CHAR, precision < 1 ? 1 : precision);
            case "VARCHAR", "CHARACTER VARYING", "CHAR VARYING" -> text(Kind.VARCHAR, precision < 1 ? -1 : precision);
            case "BINARY" -> text(Kind.BINARY, precision < 1 ? 1 : precision);
            case "VARBINARY", "BINARY VARYING" -> text(Kind.VARBINARY, precision < 1 ? -1 : precision);
            case "DATE" -> DATE;
            case "TIME" -> TIME;
            case "TIMESTAMP" -> TIMESTAMP;
            default -> throw new SqlCodeException(position, "The type " + name + " is not known");
        };
    }

    private static Type decimalOf(int precision, int scale, SqlParserPos position) {
        int p = precision < 0 ? 19 : precision;
        int s = Math.max(scale, 0);
        if (p < 1 || p > 38 || s > p) {
            throw new SqlCodeException(position, "DECIMAL(%d,%d) is out of range".formatted(p, s));
        }
        return decimal(p, s);
    }

    boolean isInteger() {
        return switch (kind) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
            default -> false;
        };
    }

    boolean isApproximate() {
        return kind == Kind.REAL || kind == Kind.DOUBLE;
    }

    boolean isNumber() {
        return isInteger() || isApproximate() || kind == Kind.DECIMAL;
    }

    boolean isText() {
        return kind == Kind.CHAR || kind == Kind.VARCHAR;
    }

    boolean isBytes() {
        return kind == Kind.BINARY || kind == Kind.VARBINARY;
    }

    boolean isTime() {
        return kind == Kind.DATE || kind == Kind.TIME || kind == Kind.TIMESTAMP;
    }

    boolean isInterval() {
        return kind == Kind.INTERVAL;
    }

    /** The type of {@code this op that}; both are numbers. */
    Type widest(Type that) {
        if (isApproximate() || that.isApproximate()) {
            return kind == Kind.REAL && that.kind == Kind.REAL ? this : DOUBLE;
        }
        if (kind == Kind.DECIMAL || that.kind == Kind.DECIMAL) {
            int s = Math.max(Math.max(scale, that.scale), 0);
            return decimal(Math.min(38, Math.max(integerDigits(), that.integerDigits()) + s), s);
        }
        return kind.ordinal() >= that.kind.ordinal() ? this : that;
    }

    private int integerDigits() {
        return switch (kind) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            default -> precision - Math.max(scale, 0);
        };
    }

    /** The type that holds values of both, where there is one; otherwise this. */
    Type common(Type that) {
        if (kind == Kind.NULL) {
            return that;
        }
        if (that.kind == Kind.NULL || equals(that)) {
            return this;
        }
        if (isNumber() && that.isNumber()) {
            return widest(that);
        }
        if (isText() && that.isText()) {
            return precision < 0 || that.precision < 0
                    ? VARCHAR
                    : text(Kind.VARCHAR, Math.max(precision, that.precision));
        }
        return this;
    }

    /** As Flink writes it. */
    String flink() {
        return switch (kind) {
            case NULL -> "STRING";
            case BOOLEAN -> "BOOLEAN";
            case TINYINT -> "TINYINT";
            case SMALLINT -> "SMALLINT";
            case INTEGER -> "INT";
            case BIGINT, INTERVAL -> "BIGINT";
            case INTERVAL_MONTHS -> "INT";
            case DECIMAL -> "DECIMAL(%d, %d)".formatted(precision, scale);
            case REAL -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case CHAR -> "CHAR(%d)".formatted(precision);
            case VARCHAR -> precision < 0 ? "STRING" : "VARCHAR(%d)".formatted(precision);
            case BINARY -> "BINARY(%d)".formatted(precision);
            case VARBINARY -> precision < 0 ? "BYTES" : "VARBINARY(%d)".formatted(precision);
            case DATE -> "DATE";
            case TIME -> "TIME(0)";
            case TIMESTAMP -> "TIMESTAMP(3)";
            case ROW ->
                fields.stream()
                        .map(f -> Text.quote(f.name()) + " " + f.type().flink())
                        .collect(Collectors.joining(", ", "ROW<", ">"));
        };
    }

    /** As messages name it. */
    @Override
    public String toString() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(%d,%d)".formatted(precision, scale);
            case CHAR, VARCHAR, BINARY, VARBINARY -> precision < 0 ? kind.name() : kind + "(" + precision + ")";
            default -> kind.name();
        };
    }
}
