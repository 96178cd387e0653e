package io.riacho.streams.rest;

import io.riacho.streams.error.KinesisErrors;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * How a record's data is shown in JSON. Data that is not text, or not JSON, is shown as Base64 whatever was asked for, so
 * nothing is lost.
 */
enum RecordFormat {
    BASE64,
    TEXT,
    JSON;

    static RecordFormat of(@Nullable String name) {
        return switch (name) {
            case null -> BASE64;
            case "base64" -> BASE64;
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw KinesisErrors.validation("'as' has to be 'base64', 'text' or 'json'.");
        };
    }

    void write(JsonGenerator out, String shardId, Record record) {
        out.writeStartObject();
        out.writeStringProperty("shardId", shardId);
        out.writeStringProperty("sequenceNumber", record.sequenceNumber());
        out.writeStringProperty("partitionKey", record.partitionKey());
        Instant arrival = record.approximateArrivalTimestamp();
        if (arrival != null) {
            out.writeStringProperty("arrivedAt", arrival.toString());
        }
        data(out, record.data().asByteArrayUnsafe());
        out.writeEndObject();
    }

    private void data(JsonGenerator out, byte[] data) {
        String text = this == BASE64 ? null : text(data);
        if (text == null) {
            out.writeName("data");
            out.writeBinary(data);
        } else if (this == JSON && isJson(text)) {
            out.writeName("json");
            // As it was written, so that no number changes; line breaks stand between tokens only, and would end an
            // event.
            out.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
        } else {
            out.writeStringProperty("text", text);
        }
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = RestJson.MAPPER.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException _) {
            return false;
        }
    }

    private static @Nullable String text(byte[] data) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }
}
