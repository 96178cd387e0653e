package io.riacho.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads a JSON text of bounded size and depth, and reports members that come twice. */
final class JsonReader {

    /** Of a text, in characters. The quotas of the kinds of policies are the callers'. */
    static final int MAX_LENGTH = 128 * 1024;

    /** A condition's value is six deep. */
    static final int MAX_DEPTH = 16;

    private static final SourcePosition START = new SourcePosition(1, 1);

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_LENGTH)
                    .build())
            .build();

    private final PolicyErrors errors;

    JsonReader(PolicyErrors errors) {
        this.errors = errors;
    }

    /** @return null where the text is no JSON, which is then among the errors */
    @Nullable
    Json read(String text) {
        if (text.length() > MAX_LENGTH) {
            errors.add(START, "The policy is longer than " + MAX_LENGTH + " characters");
            return null;
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                errors.syntax(START, "The policy is empty");
                return null;
            }
            Json value = value(parser, first);
            if (parser.nextToken() != null) {
                errors.syntax(tokenStart(parser), "The policy goes on after its end");
            }
            return value;
        } catch (JacksonException e) {
            TokenStreamLocation location = e.getLocation();
            errors.syntax(location == null ? START : position(location), PolicyErrors.shorten(e.getOriginalMessage()));
            return null;
        }
    }

    private Json value(JsonParser parser, JsonToken token) {
        SourcePosition at = tokenStart(parser);
        return switch (token) {
            case START_OBJECT -> object(parser, at);
            case START_ARRAY -> array(parser, at);
            case VALUE_STRING -> new Json.Text(at, parser.getString());
            case VALUE_NULL -> new Json.Null(at);
            default -> new Json.Scalar(at, parser.getString());
        };
    }

    private Json.Obj object(JsonParser parser, SourcePosition at) {
        List<Json.Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            SourcePosition nameAt = tokenStart(parser);
            Json value = value(parser, parser.nextToken());
            if (names.add(name)) {
                members.add(new Json.Member(name, nameAt, value));
            } else {
                errors.syntax(nameAt, "Duplicate element \"" + PolicyErrors.shorten(name) + "\"");
            }
        }
        return new Json.Obj(at, position(parser.currentLocation()), members);
    }

    private Json.Arr array(JsonParser parser, SourcePosition at) {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return new Json.Arr(at, items);
    }

    private static SourcePosition tokenStart(JsonParser parser) {
        return position(parser.currentTokenLocation());
    }

    private static SourcePosition position(TokenStreamLocation location) {
        return new SourcePosition(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
