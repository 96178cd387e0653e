package io.riacho.firehose.destination.opensearch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as lines of a bulk request. A line is one action or one document, so a record that had several lines could say
 * more than it is: only one JSON object in UTF-8 is a document, and its line breaks, which can only stand between its
 * parts, become spaces.
 */
final class Documents {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Documents() {}

    /** The record on one line, which may be the record's own bytes; null where it is no document. */
    static byte @Nullable [] line(byte[] record) {
        int breaks = 0;
        for (byte b : record) {
            if (b == 0) {
                // UTF-16 or UTF-32, which are JSON, too, but whose line breaks look different.
                return null;
            }
            if (b == '\n' || b == '\r') {
                breaks++;
            }
        }
        if (record.length == 0 || (record[0] & 0x80) != 0 || !isObject(record)) {
            return null;
        }
        if (breaks == 0) {
            return record;
        }
        byte[] line = Arrays.copyOf(record, record.length);
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        return line;
    }

    private static boolean isObject(byte[] record) {
        try (JsonParser parser = JSON.createParser(record)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            for (int depth = 1; depth > 0; ) {
                switch (parser.nextToken()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    case VALUE_STRING -> parser.getStringLength();
                    case null -> {
                        return false;
                    }
                    default -> {
                        // Part of the object.
                    }
                }
            }
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
