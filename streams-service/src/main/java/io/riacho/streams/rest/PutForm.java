package io.riacho.streams.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riacho.protocol.rest.RestBody;
import io.riacho.streams.error.KinesisErrors;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads {@code {"records": [{"partitionKey": …, "data" | "text" | "json": …}]}} while it goes over the body, so that it
 * takes no more memory than the records' data does.
 */
final class PutForm {

    private static final int MOST_RECORDS = 500;

    private PutForm() {}

    /** @throws io.riacho.protocol.AwsException where the body has not that form, or has more than 500 records */
    static List<PutRecordsRequestEntry> read(RestBody body) {
        try (JsonParser parser = RestJson.MAPPER.createParser(body.array(), 0, body.length())) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            List<PutRecordsRequestEntry> records = null;
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (!name.equals("records") || records != null) {
                    throw RestJson.unknownMember(name);
                }
                records = records(parser);
            }
            expect(parser.currentToken(), JsonToken.END_OBJECT);
            if (records == null || parser.nextToken() != null) {
                throw RestJson.malformed();
            }
            return records;
        } catch (JacksonException e) {
            throw RestJson.malformed();
        }
    }

    private static List<PutRecordsRequestEntry> records(JsonParser parser) {
        expect(parser.nextToken(), JsonToken.START_ARRAY);
        List<PutRecordsRequestEntry> records = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (records.size() == MOST_RECORDS) {
                throw KinesisErrors.validation("'records' has more than " + MOST_RECORDS + " elements.");
            }
            records.add(record(parser, records.size()));
        }
        return records;
    }

    private static PutRecordsRequestEntry record(JsonParser parser, int index) {
        expect(parser.currentToken(), JsonToken.START_OBJECT);
        var record = PutRecordsRequestEntry.builder();
        byte[] data = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            switch (name) {
                case "partitionKey" -> record.partitionKey(text(parser));
                case "explicitHashKey" -> record.explicitHashKey(text(parser));
                case "data", "text", "json" -> {
                    if (data != null) {
                        throw dataOnce(index);
                    }
                    data = data(parser, name);
                }
                default -> throw RestJson.unknownMember(name);
            }
        }
        expect(parser.currentToken(), JsonToken.END_OBJECT);
        if (data == null) {
            throw dataOnce(index);
        }
        return record.data(SdkBytes.fromByteArrayUnsafe(data)).build();
    }

    private static byte[] data(JsonParser parser, String form) {
        JsonToken token = parser.nextToken();
        if (form.equals("json")) {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            try (JsonGenerator generator = RestJson.MAPPER.createGenerator(copy)) {
                generator.copyCurrentStructureExact(parser);
            }
            return copy.toByteArray();
        }
        expect(token, JsonToken.VALUE_STRING);
        return form.equals("data")
                ? parser.getBinaryValue()
                : parser.getString().getBytes(UTF_8);
    }

    private static @Nullable String text(JsonParser parser) {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(token, JsonToken.VALUE_STRING);
        return parser.getString();
    }

    private static RuntimeException dataOnce(int index) {
        return KinesisErrors.validation(
                "Record " + index + " of 'records' has to have one of 'data', 'text' and 'json'.");
    }

    private static void expect(@Nullable JsonToken token, JsonToken expected) {
        if (token != expected) {
            throw RestJson.malformed();
        }
    }
}
