package io.riacho.firehose.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Arrays of one type; where the rules are lenient also a single value for an array of one. */
record ArrayReader(String place, SerDeRules rules, ValueReader element) implements ValueReader {

    @Override
    public @Nullable Object read(JsonParser parser) throws ConversionException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.START_ARRAY) {
            if (!rules.lenient()) {
                throw ConversionException.misfit("Column " + place + ": Start of Array expected");
            }
            return new @Nullable Object[] {element.read(parser)};
        }
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(element.read(parser));
        }
        return elements.toArray();
    }
}
