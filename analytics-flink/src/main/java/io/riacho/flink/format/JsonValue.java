package io.riacho.flink.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON that knows the text it was written in. Its depth is bounded by the parser. */
final class JsonValue {

    enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Kind kind;
    private final String text;
    private final int begin;
    private final int end;
    private final Map<String, JsonValue> members;
    private final List<JsonValue> elements;

    private JsonValue(
            Kind kind, String text, int begin, int end, Map<String, JsonValue> members, List<JsonValue> elements) {
        this.kind = kind;
        this.text = text;
        this.begin = begin;
        this.end = end;
        this.members = members;
        this.elements = elements;
    }

    /**
     * The values that a text holds one after the other, which is one in most cases.
     *
     * @throws JacksonException where it is no JSON
     */
    static List<JsonValue> readAll(String source) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), source)) {
            List<JsonValue> values = new ArrayList<>(1);
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                values.add(read(parser, token, source));
            }
            return values;
        }
    }

    static JsonValue ofText(String text) {
        return scalar(Kind.STRING, text);
    }

    private static JsonValue scalar(Kind kind, String text) {
        return new JsonValue(kind, text, 0, text.length(), Map.of(), List.of());
    }

    private static JsonValue read(JsonParser parser, JsonToken token, String source) {
        return switch (token) {
            case START_OBJECT -> {
                int begin = (int) parser.currentTokenLocation().getCharOffset();
                Map<String, JsonValue> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    members.put(name, read(parser, parser.nextToken(), source));
                }
                yield new JsonValue(Kind.OBJECT, source, begin, end(parser), members, List.of());
            }
            case START_ARRAY -> {
                int begin = (int) parser.currentTokenLocation().getCharOffset();
                List<JsonValue> elements = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    elements.add(read(parser, next, source));
                }
                yield new JsonValue(Kind.ARRAY, source, begin, end(parser), Map.of(), elements);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(Kind.NUMBER, parser.getString());
            case VALUE_TRUE -> scalar(Kind.BOOLEAN, "true");
            case VALUE_FALSE -> scalar(Kind.BOOLEAN, "false");
            case VALUE_NULL -> scalar(Kind.NULL, "null");
            default -> scalar(Kind.STRING, parser.getString());
        };
    }

    private static int end(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset() + 1;
    }

    Kind kind() {
        return kind;
    }

    /** Of a string its value, of anything else how it is written. */
    String text() {
        return kind == Kind.OBJECT || kind == Kind.ARRAY ? text.substring(begin, end) : text;
    }

    @Nullable
    JsonValue member(String name) {
        return members.get(name);
    }

    List<JsonValue> elements() {
        return elements;
    }
}
