package io.riacho.leasetables.value;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An item as it is stored: UTF-8 JSON in DynamoDB's own form, such as {@code {"leaseKey":{"S":"shardId-0"}}}. */
public final class ItemBytes {

    private static final JsonFactory JSON = new JsonFactory();

    private ItemBytes() {}

    public static byte[] write(Value.Document item) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            writeMembers(generator, item);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalStateException where the bytes are no item */
    public static Value.Document read(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            return readMembers(parser);
        }
    }

    private static void writeMembers(JsonGenerator generator, Value.Document document) {
        generator.writeStartObject();
        document.values().forEach((name, value) -> {
            generator.writeName(name);
            write(generator, value);
        });
        generator.writeEndObject();
    }

    private static void write(JsonGenerator generator, Value value) {
        generator.writeStartObject();
        generator.writeName(value.type().name());
        switch (value) {
            case Value.Bool(boolean bool) -> generator.writeBoolean(bool);
            case Value.Null() -> generator.writeBoolean(true);
            case Value.Many many -> {
                generator.writeStartArray();
                many.values().forEach(element -> writeScalar(generator, element));
                generator.writeEndArray();
            }
            case Value.Sequence(var values) -> {
                generator.writeStartArray();
                values.forEach(element -> write(generator, element));
                generator.writeEndArray();
            }
            case Value.Document document -> writeMembers(generator, document);
            default -> writeScalar(generator, value);
        }
        generator.writeEndObject();
    }

    private static void writeScalar(JsonGenerator generator, Value value) {
        switch (value) {
            case Value.Text(String text) -> generator.writeString(text);
            case Value.Decimal(var number) -> generator.writeString(Numbers.text(number));
            case Value.Binary(var bytes) -> generator.writeBinary(bytes.asByteArrayUnsafe());
            default -> throw new IllegalStateException(value.type() + " is no scalar");
        }
    }

    private static Value.Document readMembers(JsonParser parser) {
        Map<String, Value> values = new LinkedHashMap<>();
        String name = parser.nextName();
        while (name != null) {
            values.put(name, read(parser));
            name = parser.nextName();
        }
        return new Value.Document(values);
    }

    /** One value, with the braces around it. */
    private static Value read(JsonParser parser) {
        require(parser.nextToken() == JsonToken.START_OBJECT);
        return readTyped(parser);
    }

    private static Value readTyped(JsonParser parser) {
        Type type = Type.valueOf(String.valueOf(parser.nextName()));
        JsonToken token = parser.nextToken();
        Value value = switch (type) {
            case S, N, B -> scalar(parser, type);
            case BOOL -> new Value.Bool(token == JsonToken.VALUE_TRUE);
            case NULL -> new Value.Null();
            case SS, NS, BS -> readSet(parser, type);
            case L -> readSequence(parser);
            case M -> readMembers(parser);
        };
        require(parser.nextToken() == JsonToken.END_OBJECT);
        return value;
    }

    private static Value scalar(JsonParser parser, Type type) {
        return switch (type) {
            case S -> new Value.Text(parser.getString());
            case N -> new Value.Decimal(Numbers.parse(parser.getString()));
            default -> new Value.Binary(SdkBytes.fromByteArrayUnsafe(parser.getBinaryValue()));
        };
    }

    private static Value.Many readSet(JsonParser parser, Type type) {
        Set<Value> values = new LinkedHashSet<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(scalar(parser, Value.Many.elementOf(type)));
        }
        return new Value.Many(type, values);
    }

    private static Value.Sequence readSequence(JsonParser parser) {
        List<Value> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(readTyped(parser));
        }
        return new Value.Sequence(values);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("a stored item is damaged");
        }
    }
}
