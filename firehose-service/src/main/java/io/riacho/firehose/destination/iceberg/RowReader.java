package io.riacho.firehose.destination.iceberg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericDataUtil;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeType;

/**
 * Makes rows of a table of JSON objects. Members become columns of the same name; what the table does not have is left out, as
 * <a href="https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-considerations.html">AWS does</a>. Safe for use by many threads.
 */
final class RowReader {

    private static final String MISSING = "Iceberg.MissingColumnWithinRecord";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Schema schema;

    RowReader(Schema schema) {
        this.schema = schema;
    }

    Record read(byte[] data) throws UnfitRecord {
        JsonNode node;
        try {
            node = JSON.readTree(data);
        } catch (JacksonException e) {
            throw new UnfitRecord(
                    "Iceberg.InvalidJson",
                    "The record is no JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
        if (!node.isObject()) {
            throw new UnfitRecord("Iceberg.InvalidJson", "The record is no JSON object");
        }
        return struct(schema.asStruct(), node, "");
    }

    private static Record struct(Types.StructType type, JsonNode node, String path) throws UnfitRecord {
        GenericRecord record = GenericRecord.create(type);
        List<Types.NestedField> fields = type.fields();
        for (int i = 0; i < fields.size(); i++) {
            Types.NestedField field = fields.get(i);
            record.set(i, field(field, node.get(field.name()), path + field.name()));
        }
        return record;
    }

    private static @Nullable Object field(Types.NestedField field, @Nullable JsonNode node, String path)
            throws UnfitRecord {
        if (node == null && field.writeDefault() != null) {
            return GenericDataUtil.internalToGeneric(field.type(), field.writeDefault());
        }
        return value(field.type(), node, field.isOptional(), path);
    }

    private static @Nullable Object value(Type type, @Nullable JsonNode node, boolean optional, String path)
            throws UnfitRecord {
        if (node == null || node.isNull()) {
            if (!optional) {
                throw new UnfitRecord(MISSING, "The record has no " + path + ", which the table requires");
            }
            return null;
        }
        return switch (type.typeId()) {
            case STRUCT -> {
                require(node, JsonNodeType.OBJECT, type, path);
                yield struct(type.asStructType(), node, path + ".");
            }
            case LIST -> {
                require(node, JsonNodeType.ARRAY, type, path);
                yield list(type.asListType(), node, path);
            }
            case MAP -> {
                require(node, JsonNodeType.OBJECT, type, path);
                yield map(type.asMapType(), node, path);
            }
            default -> ScalarReader.read(type.asPrimitiveType(), node, path);
        };
    }

    private static List<@Nullable Object> list(Types.ListType type, JsonNode node, String path) throws UnfitRecord {
        List<@Nullable Object> values = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            values.add(value(type.elementType(), element, type.isElementOptional(), path + "[]"));
        }
        return values;
    }

    private static Map<Object, @Nullable Object> map(Types.MapType type, JsonNode node, String path)
            throws UnfitRecord {
        if (type.keyType().typeId() != Type.TypeID.STRING) {
            throw new UnfitRecord(
                    ScalarReader.MISMATCH, "The column " + path + " is a map whose keys are no strings, as JSON's are");
        }
        Map<Object, @Nullable Object> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            values.put(entry.getKey(), value(type.valueType(), entry.getValue(), type.isValueOptional(), path + "{}"));
        }
        return values;
    }

    private static void require(JsonNode node, JsonNodeType kind, Type type, String path) throws UnfitRecord {
        if (node.getNodeType() != kind) {
            throw ScalarReader.mismatch(type, node, path);
        }
    }
}
