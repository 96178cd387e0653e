package io.riacho.streams.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.kinesis.model.Record;
import tools.jackson.core.JsonGenerator;

/**
 * Writes server-sent events. An event without data is not given to the application, but its id is remembered.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the HTML standard</a>
 */
final class EventWriter {

    private static final int KEPT_BYTES = 64 * 1024;

    private final OutputStream out;
    private final RecordFormat format;
    private ByteArrayOutputStream json = new ByteArrayOutputStream();

    EventWriter(OutputStream out, RecordFormat format) {
        this.out = out;
        this.format = format;
    }

    /** Says where the reader is, and how soon it is to connect again. */
    void begin(String id, long retryMillis) throws IOException {
        text("retry: " + retryMillis + "\nid: " + id + "\n\n");
        flush();
    }

    void record(String id, String shardId, Record record) throws IOException {
        json.reset();
        try (JsonGenerator generator = RestJson.MAPPER.createGenerator(json)) {
            format.write(generator, shardId, record);
        }
        text("id: " + id + "\ndata: ");
        json.writeTo(out);
        text("\n\n");
        if (json.size() > KEPT_BYTES) {
            json = new ByteArrayOutputStream();
        }
    }

    /** @param data JSON in one line */
    void event(String id, String name, String data) throws IOException {
        text("id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n");
        flush();
    }

    /** A comment, and where the reader is now. */
    void heartbeat(String id) throws IOException {
        text(":\nid: " + id + "\n\n");
        flush();
    }

    void flush() throws IOException {
        out.flush();
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
