package io.riacho.firehose.format;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Objects whose keys are data. They are taken as they are; of a key that comes twice the last counts. */
record MapReader(String place, ScalarReader key, ValueReader value) implements ValueReader {

    @Override
    public @Nullable Object read(JsonParser parser) throws ConversionException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.START_OBJECT) {
            throw ConversionException.misfit("Column " + place + ": Start of Object expected");
        }
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            entries.put(key.key(name), value.read(parser));
        }
        return new @Nullable Object[][] {
            entries.keySet().toArray(), entries.values().toArray()
        };
    }
}
