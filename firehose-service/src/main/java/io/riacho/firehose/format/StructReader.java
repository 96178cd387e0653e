package io.riacho.firehose.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Objects whose keys are known. What is missing is null, what is more is left out, and of a key that comes twice the last counts. */
final class StructReader implements ValueReader {

    private final String place;
    private final SerDeRules rules;
    private final ValueReader[] readers;
    private final Map<String, Integer> byKey = new HashMap<>();

    /**
     * @param place the column, and the way to the field in it, for errors; empty for a whole record
     * @param keys by which the fields are looked up, in their order
     */
    StructReader(String place, SerDeRules rules, List<String> keys, List<ValueReader> readers) {
        this.place = place;
        this.rules = rules;
        this.readers = readers.toArray(ValueReader[]::new);
        for (int i = 0; i < keys.size(); i++) {
            byKey.put(keys.get(i), i);
        }
    }

    @Override
    public @Nullable Object @Nullable [] read(JsonParser parser) throws ConversionException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL && !place.isEmpty()) {
            return null;
        }
        if (token != JsonToken.START_OBJECT) {
            throw ConversionException.misfit(
                    (place.isEmpty() ? "The record" : "Column " + place) + ": Start of Object expected");
        }
        @Nullable Object[] values = new Object[readers.length];
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            Integer field = find(name);
            if (field == null) {
                parser.skipChildren();
            } else {
                values[field] = readers[field].read(parser);
            }
        }
        return values;
    }

    private @Nullable Integer find(String name) {
        Integer exact = rules.dotsToUnderscores() ? null : byKey.get(name);
        return exact != null ? exact : byKey.get(rules.folded(name));
    }
}
