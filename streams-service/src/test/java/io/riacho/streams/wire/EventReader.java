package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as a browser does. */
final class EventReader implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int PATIENCE_SECONDS = 45;

    private final int status;
    private final String contentType;
    private final InputStream body;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile String lastId = "";
    private volatile int comments;

    /** @param reads false to leave what comes in the buffers on the way */
    EventReader(HttpResponse<InputStream> response, boolean reads) {
        status = response.statusCode();
        contentType = response.headers().firstValue("Content-Type").orElse("");
        body = response.body();
        thread = Thread.ofVirtual().start(reads ? this::read : () -> {});
    }

    /** @param name empty for a record; {@code closed} once the server ended the answer */
    record Event(String name, String id, String data) {

        JsonNode json() {
            return MAPPER.readTree(data);
        }

        String text() {
            return json().path("text").asString();
        }
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    /** The id that a browser would send when it connects again. */
    String lastId() {
        return lastId;
    }

    int comments() {
        return comments;
    }

    Event next() {
        Event event = poll(PATIENCE_SECONDS * 1000L);
        assertThat(event).as("the next event").isNotNull();
        return event == null ? new Event("", "", "") : event;
    }

    @Nullable
    Event poll(long millis) {
        try {
            return events.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the server has said where the reader is. */
    void awaitBegun() {
        WireServer.await(() -> !lastId.isEmpty());
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    lastId = id;
                    if (!data.isEmpty()) {
                        events.add(new Event(name, id, data.toString()));
                    }
                    data.setLength(0);
                    name = "";
                } else if (line.startsWith(":")) {
                    comments++;
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                }
            }
        } catch (IOException | UncheckedIOException _) {
            // Closed by this side, or broken off by the other: the end all the same.
        }
        events.add(new Event("closed", lastId, "{}"));
    }

    @Override
    public void close() {
        try {
            body.close();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
