package io.riacho.firehose.format;

import io.riacho.firehose.catalog.HiveType;
import io.riacho.firehose.catalog.TableColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads records as rows of a table. A record is a JSON object, or several of them one behind the other, which are as many
 * rows. Safe for use by many threads.
 */
final class RowReader {

    private static final int MAX_DEPTH = 200;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final StructReader row;

    RowReader(List<TableColumn> columns, SerDeRules rules) {
        List<String> keys = new ArrayList<>();
        List<ValueReader> readers = new ArrayList<>();
        for (TableColumn column : columns) {
            keys.add(rules.keyOf(column.name()));
            readers.add(reader(column.type(), column.name(), rules));
        }
        this.row = new StructReader("", rules, keys, readers);
    }

    /**
     * @return at least one row, each with a value or null for every column; {@link ValueReader} says of which classes
     * @throws ConversionException where one of its rows cannot be read
     */
    List<@Nullable Object[]> read(byte[] record) throws ConversionException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), record)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw ConversionException.malformed("The record is empty.");
            }
            @Nullable Object[] only = one(parser);
            if (parser.nextToken() == null) {
                return List.<@Nullable Object[]>of(only);
            }
            List<@Nullable Object[]> rows = new ArrayList<>();
            rows.add(only);
            do {
                rows.add(one(parser));
            } while (parser.nextToken() != null);
            return rows;
        } catch (JacksonException e) {
            throw ConversionException.malformed(reason(e));
        }
    }

    private @Nullable Object[] one(JsonParser parser) throws ConversionException {
        @Nullable Object[] read = row.read(parser);
        if (read == null) {
            throw ConversionException.misfit("The record: Start of Object expected");
        }
        return read;
    }

    /** Where it is, not what it is: the text beside may be anybody's. */
    private static String reason(JacksonException e) {
        return e.getLocation() == null
                ? "It cannot be read."
                : "It cannot be read from line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + '.';
    }

    private static ValueReader reader(HiveType type, String place, SerDeRules rules) {
        return switch (type) {
            case HiveType.Array array -> new ArrayReader(place, rules, reader(array.element(), place + "[]", rules));
            case HiveType.Map map ->
                new MapReader(
                        place,
                        new ScalarReader(map.key(), place + " (a key)", rules),
                        reader(map.value(), place + "{}", rules));
            case HiveType.Struct struct ->
                new StructReader(
                        place,
                        rules,
                        struct.fields().stream()
                                .map(field -> rules.folded(field.name()))
                                .toList(),
                        struct.fields().stream()
                                .map(field -> reader(field.type(), place + '.' + field.name(), rules))
                                .toList());
            default -> new ScalarReader(type, place, rules);
        };
    }
}
