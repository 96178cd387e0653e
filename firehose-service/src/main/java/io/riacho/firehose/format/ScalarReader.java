package io.riacho.firehose.format;

import io.riacho.firehose.catalog.HiveType;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Values without parts. */
final class ScalarReader implements ValueReader {

    private static final JsonFactory JSON = new JsonFactory();

    private final HiveType type;
    private final Place place;
    private final SerDeRules rules;
    private final NumberReader numbers;
    private final TimeReader times;

    /** @param place the column, and the way to the field in it, for errors */
    ScalarReader(HiveType type, String place, SerDeRules rules) {
        this.type = type;
        this.place = new Place(type, place);
        this.rules = rules;
        this.numbers = new NumberReader(this.place, rules.lenient());
        this.times = new TimeReader(this.place, rules, numbers);
    }

    @Override
    public @Nullable Object read(JsonParser parser) throws ConversionException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type instanceof HiveType.Primitive primitive) {
            return switch (primitive) {
                case BOOLEAN -> bool(parser, token);
                case TINYINT -> (int) numbers.integer(parser, token, Byte.MIN_VALUE, Byte.MAX_VALUE);
                case SMALLINT -> (int) numbers.integer(parser, token, Short.MIN_VALUE, Short.MAX_VALUE);
                case INT -> (int) numbers.integer(parser, token, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case BIGINT -> numbers.integer(parser, token, Long.MIN_VALUE, Long.MAX_VALUE);
                case FLOAT -> numbers.single(parser, token);
                case DOUBLE -> numbers.real(parser, token);
                case STRING -> text(parser, token);
                case BINARY -> text(parser, token).getBytes(StandardCharsets.UTF_8);
                case DATE -> times.date(parser, token);
                case TIMESTAMP -> times.time(parser, token);
            };
        }
        return switch (type) {
            case HiveType.Decimal decimal -> numbers.decimal(parser, token, decimal);
            case HiveType.Varchar varchar -> text(parser, token, varchar.length());
            case HiveType.Char fixed -> text(parser, token, fixed.length());
            default -> throw new IllegalStateException(type + " has parts");
        };
    }

    /** A value that is the key of a map, and so a string in JSON whatever its type. */
    Object key(String key) throws ConversionException {
        if (type instanceof HiveType.Primitive primitive) {
            return switch (primitive) {
                case BOOLEAN -> bool(key);
                case TINYINT -> (int) numbers.integer(key, Byte.MIN_VALUE, Byte.MAX_VALUE);
                case SMALLINT -> (int) numbers.integer(key, Short.MIN_VALUE, Short.MAX_VALUE);
                case INT -> (int) numbers.integer(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case BIGINT -> numbers.integer(key, Long.MIN_VALUE, Long.MAX_VALUE);
                case FLOAT -> numbers.single(key);
                case DOUBLE -> numbers.real(key);
                case STRING -> key;
                case BINARY -> key.getBytes(StandardCharsets.UTF_8);
                case DATE -> times.date(key);
                case TIMESTAMP -> times.time(key);
            };
        }
        return switch (type) {
            case HiveType.Decimal decimal -> numbers.decimal(key, decimal);
            case HiveType.Varchar varchar -> limited(key, varchar.length());
            case HiveType.Char fixed -> limited(key, fixed.length());
            default -> throw new IllegalStateException(type + " is no key");
        };
    }

    private boolean bool(JsonParser parser, JsonToken token) throws ConversionException {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> {
                if (!rules.lenient()) {
                    throw place.misfit("a string");
                }
                yield bool(parser.getString());
            }
            default -> throw place.misfit(token);
        };
    }

    private boolean bool(String text) throws ConversionException {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw place.misfit("another text");
    }

    private String text(JsonParser parser, JsonToken token, int length) throws ConversionException {
        return limited(text(parser, token), length);
    }

    private String limited(String text, int length) throws ConversionException {
        if (text.length() > length && text.codePointCount(0, text.length()) > length) {
            throw place.misfit("a text that is too long");
        }
        return text;
    }

    private String text(JsonParser parser, JsonToken token) throws ConversionException {
        if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
            return parser.getString();
        }
        if (!rules.lenient()) {
            throw place.misfit(token);
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
