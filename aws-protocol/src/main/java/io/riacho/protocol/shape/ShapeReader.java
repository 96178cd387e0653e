package io.riacho.protocol.shape;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.WireFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads the SDK's model classes from JSON and CBOR. What the model does not know is skipped, null is as good as absent,
 * and of two members with one name the last counts. Safe for use by many threads.
 */
public final class ShapeReader {

    private final boolean inSeconds;

    /** For the formats as AWS's own protocols have them. */
    public ShapeReader() {
        this(false);
    }

    private ShapeReader(boolean inSeconds) {
        this.inSeconds = inSeconds;
    }

    /** For CBOR as Smithy's RPC v2 protocol has it: timestamps are in seconds. */
    public static ShapeReader ofRpc() {
        return new ShapeReader(true);
    }

    /** @throws AwsException SerializationException, whatever the bytes are */
    public <T extends SdkPojo> T read(Class<T> type, WireFormat format, byte[] body, int offset, int length) {
        Shape shape = Shape.of(type);
        try (JsonParser parser =
                WireFactories.of(format).createParser(ObjectReadContext.empty(), body, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw SerializationErrors.malformed();
            }
            SdkPojo value = structure(parser, shape, format);
            if (parser.nextToken() != null) {
                throw SerializationErrors.malformed();
            }
            return type.cast(value);
        } catch (JacksonException e) {
            throw SerializationErrors.malformed();
        }
    }

    private SdkPojo structure(JsonParser parser, Shape shape, WireFormat format) {
        SdkPojo builder = shape.newBuilder();
        String name = parser.nextName();
        while (name != null) {
            Member member = shape.member(name);
            JsonToken token = next(parser);
            if (member == null) {
                parser.skipChildren();
            } else {
                Object value = value(parser, token, member, format);
                if (value != null) {
                    member.set(builder, value);
                }
            }
            name = parser.nextName();
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw SerializationErrors.malformed();
        }
        return Shape.build(builder);
    }

    private @Nullable Object value(JsonParser parser, JsonToken token, Member member, WireFormat format) {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (member.type()) {
            case SDK_POJO -> {
                if (token != JsonToken.START_OBJECT) {
                    throw SerializationErrors.structureExpected(token);
                }
                yield structure(parser, member.shape(), format);
            }
            case LIST -> list(parser, token, member.element(), format);
            case MAP -> map(parser, token, member.element(), format);
            default -> ScalarReader.read(parser, token, member.type(), format, inSeconds || format == WireFormat.JSON);
        };
    }

    private List<@Nullable Object> list(JsonParser parser, JsonToken token, Member element, WireFormat format) {
        if (token != JsonToken.START_ARRAY) {
            throw SerializationErrors.listExpected(token);
        }
        List<@Nullable Object> list = new ArrayList<>();
        JsonToken next = next(parser);
        while (next != JsonToken.END_ARRAY) {
            list.add(value(parser, next, element, format));
            next = next(parser);
        }
        return list;
    }

    private Map<String, @Nullable Object> map(JsonParser parser, JsonToken token, Member element, WireFormat format) {
        if (token != JsonToken.START_OBJECT) {
            throw SerializationErrors.mapExpected(token);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        String name = parser.nextName();
        while (name != null) {
            map.put(name, value(parser, next(parser), element, format));
            name = parser.nextName();
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw SerializationErrors.malformed();
        }
        return map;
    }

    private static JsonToken next(JsonParser parser) {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw SerializationErrors.malformed();
        }
        return token;
    }
}
