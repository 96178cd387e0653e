package io.riacho.firehose.destination.splunk;

import io.riacho.firehose.record.DeliveryRecord;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Records as the body of a request to HEC, in their order. */
final class Events {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] NEW_LINE = {'\n'};
    private static final byte[] NOTHING = {};

    private final List<DeliveryRecord> records;
    private final boolean raw;

    /** @param raw whether a record may be anything; else it has to have events */
    Events(List<DeliveryRecord> records, boolean raw) {
        this.records = List.copyOf(records);
        this.raw = raw;
    }

    List<DeliveryRecord> records() {
        return records;
    }

    Events without(DeliveryRecord record) {
        return new Events(records.stream().filter(other -> other != record).toList(), raw);
    }

    /** Events are told apart by line breaks where they are raw, so a record that has none at its end gets one. */
    BodyPublisher body() {
        List<byte[]> parts = new ArrayList<>(2 * records.size());
        long length = 0;
        for (DeliveryRecord record : records) {
            byte[] end =
                    record.data().length > 0 && record.data()[record.data().length - 1] == '\n' ? NOTHING : NEW_LINE;
            for (byte[] part : List.of(record.data(), end)) {
                if (part.length > 0) {
                    parts.add(part);
                    length += part.length;
                }
            }
        }
        return BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(parts), length);
    }

    /** @param number of an event, as HEC counts, from 0; null where there is none */
    @Nullable
    DeliveryRecord recordOfEvent(int number) {
        int first = 0;
        for (DeliveryRecord record : records) {
            first += count(record.data());
            if (number >= 0 && number < first) {
                return record;
            }
        }
        return null;
    }

    /** How many JSON objects one behind the other the bytes are; -1 where they are anything else, or nothing. */
    static int count(byte[] data) {
        int count = 0;
        int depth = 0;
        try (JsonParser parser = JSON.createParser(data)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0 && token != JsonToken.START_OBJECT) {
                    return -1;
                }
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd() && --depth == 0) {
                    count++;
                }
            }
        } catch (JacksonException e) {
            return -1;
        }
        return count == 0 ? -1 : count;
    }
}
