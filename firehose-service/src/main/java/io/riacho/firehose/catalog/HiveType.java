package io.riacho.firehose.catalog;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A column's type as Hive writes it. Its {@code toString} is that text. */
public sealed interface HiveType {

    /** Types without parameters. */
    enum Primitive implements HiveType {
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INT,
        BIGINT,
        FLOAT,
        DOUBLE,
        STRING,
        BINARY,
        DATE,
        /** Without a time zone; nanoseconds. */
        TIMESTAMP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param precision all digits, 1 to 38
     * @param scale those behind the point, 0 to the precision
     */
    record Decimal(int precision, int scale) implements HiveType {
        @Override
        public String toString() {
            return "decimal(" + precision + ',' + scale + ')';
        }
    }

    /** @param length 1 to 65535 characters */
    record Varchar(int length) implements HiveType {
        @Override
        public String toString() {
            return "varchar(" + length + ')';
        }
    }

    /** @param length 1 to 255 characters */
    record Char(int length) implements HiveType {
        @Override
        public String toString() {
            return "char(" + length + ')';
        }
    }

    record Array(HiveType element) implements HiveType {
        @Override
        public String toString() {
            return "array<" + element + '>';
        }
    }

    /** @param key a primitive type, or one of text */
    record Map(HiveType key, HiveType value) implements HiveType {
        @Override
        public String toString() {
            return "map<" + key + ',' + value + '>';
        }
    }

    /** @param fields at least one, of different names */
    record Struct(List<Field> fields) implements HiveType {

        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return fields.stream()
                    .map(field -> field.name() + ':' + field.type())
                    .collect(Collectors.joining(",", "struct<", ">"));
        }
    }

    /** @param name in lower case, as Hive keeps it */
    record Field(String name, HiveType type) {}
}
