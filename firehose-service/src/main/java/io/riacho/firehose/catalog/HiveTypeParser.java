package io.riacho.firehose.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads types as Hive writes them, such as {@code array<struct<id:bigint,price:decimal(10,2)>>}. */
public final class HiveTypeParser {

    /** More than any honest table has, and little enough for a stack. */
    static final int MAX_DEPTH = 32;

    static final int MAX_PRECISION = 38;
    static final int MAX_VARCHAR = 65_535;
    static final int MAX_CHAR = 255;

    private static final int USUAL_PRECISION = 10;
    private static final int MAX_DIGITS = 6;

    private final String text;
    private int position;

    private HiveTypeParser(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException where it is no such type, with a text for the caller */
    public static HiveType parse(String text) {
        HiveTypeParser parser = new HiveTypeParser(text);
        HiveType type = parser.type(1);
        parser.skipSpaces();
        if (parser.position < text.length()) {
            throw parser.wrong("nothing more");
        }
        return type;
    }

    private HiveType type(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("Types are nested more than " + MAX_DEPTH + " deep");
        }
        String name = word();
        return switch (name) {
            case "boolean" -> HiveType.Primitive.BOOLEAN;
            case "tinyint" -> HiveType.Primitive.TINYINT;
            case "smallint" -> HiveType.Primitive.SMALLINT;
            case "int", "integer" -> HiveType.Primitive.INT;
            case "bigint" -> HiveType.Primitive.BIGINT;
            case "float" -> HiveType.Primitive.FLOAT;
            case "double" -> HiveType.Primitive.DOUBLE;
            case "string" -> HiveType.Primitive.STRING;
            case "binary" -> HiveType.Primitive.BINARY;
            case "date" -> HiveType.Primitive.DATE;
            case "timestamp" -> HiveType.Primitive.TIMESTAMP;
            case "decimal", "numeric" -> decimal();
            case "varchar" -> new HiveType.Varchar(length(MAX_VARCHAR));
            case "char" -> new HiveType.Char(length(MAX_CHAR));
            case "array" -> array(depth);
            case "map" -> map(depth);
            case "struct" -> struct(depth);
            default -> throw new IllegalArgumentException("There is no type '" + name + "'");
        };
    }

    private HiveType decimal() {
        if (!isNext('(')) {
            return new HiveType.Decimal(USUAL_PRECISION, 0);
        }
        int precision = number();
        int scale = 0;
        if (isNext(',')) {
            scale = number();
        }
        expect(')');
        if (precision < 1 || precision > MAX_PRECISION || scale > precision) {
            throw new IllegalArgumentException("A decimal has 1 to " + MAX_PRECISION
                    + " digits, and not more of them behind the point: decimal(" + precision + ',' + scale + ')');
        }
        return new HiveType.Decimal(precision, scale);
    }

    private int length(int most) {
        expect('(');
        int length = number();
        expect(')');
        if (length < 1 || length > most) {
            throw new IllegalArgumentException("A length is 1 to " + most + ", not " + length);
        }
        return length;
    }

    private HiveType array(int depth) {
        expect('<');
        HiveType element = type(depth + 1);
        expect('>');
        return new HiveType.Array(element);
    }

    private HiveType map(int depth) {
        expect('<');
        HiveType key = type(depth + 1);
        if (key instanceof HiveType.Array || key instanceof HiveType.Map || key instanceof HiveType.Struct) {
            throw new IllegalArgumentException("The key of a map is a primitive type, not " + key);
        }
        expect(',');
        HiveType value = type(depth + 1);
        expect('>');
        return new HiveType.Map(key, value);
    }

    private HiveType struct(int depth) {
        expect('<');
        List<HiveType.Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        do {
            String name = fieldName();
            if (!names.add(name)) {
                throw new IllegalArgumentException("A struct has two fields '" + name + "'");
            }
            fields.add(new HiveType.Field(name, type(depth + 1)));
        } while (isNext(','));
        expect('>');
        return new HiveType.Struct(fields);
    }

    /** All up to the colon: Hive lets names have any characters. */
    private String fieldName() {
        int colon = text.indexOf(':', position);
        if (colon < 0) {
            throw wrong("a name and ':'");
        }
        String name = text.substring(position, colon).strip().toLowerCase(Locale.ROOT);
        if (name.length() > 2 && name.startsWith("`") && name.endsWith("`")) {
            name = name.substring(1, name.length() - 1);
        }
        if (name.isEmpty() || name.chars().anyMatch(c -> "<>,()`".indexOf(c) >= 0)) {
            throw wrong("a name");
        }
        position = colon + 1;
        return name;
    }

    private String word() {
        skipSpaces();
        int start = position;
        while (position < text.length() && Character.isLetterOrDigit(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw wrong("a type");
        }
        return text.substring(start, position).toLowerCase(Locale.ROOT);
    }

    private int number() {
        skipSpaces();
        int start = position;
        int number = 0;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            if (position - start >= MAX_DIGITS) {
                throw wrong("a smaller number");
            }
            number = number * 10 + text.charAt(position) - '0';
            position++;
        }
        if (position == start) {
            throw wrong("a number");
        }
        return number;
    }

    private boolean isNext(char c) {
        skipSpaces();
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!isNext(c)) {
            throw wrong("'" + c + "'");
        }
    }

    private void skipSpaces() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("Expected " + expected + " at character " + (position + 1));
    }
}
