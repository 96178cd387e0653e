package io.riacho.firehose.destination.postgres;

import io.riacho.firehose.destination.postgres.CopyRows.Malformed;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Finds the JSON objects in a record: one in most cases, several where a producer put them together. */
final class JsonObjects {

    /** Where an object lies in the record. */
    interface Place {
        void at(int from, int to);
    }

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    void forEach(byte[] record, Place place) throws Malformed {
        int found = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), record)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                if (token != JsonToken.START_OBJECT || from < 0 || record[from] != '{') {
                    throw new Malformed("it is no JSON object in UTF-8");
                }
                parser.skipChildren();
                place.at(from, Math.toIntExact(parser.currentLocation().getByteOffset()));
                found++;
            }
        } catch (JacksonException e) {
            throw new Malformed("it is no JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
        if (found == 0) {
            throw new Malformed("it is empty, and no JSON object");
        }
    }
}
