package io.riacho.flink.sink;

import io.riacho.flink.access.Trust;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks once a second which streams are looked at, and sends their rows: {@code GET} answers {@code {"streams":[name, ...]}},
 * {@code POST} is given {@code {"stream":name,"rows":[row, ...]}}. All sinks of a process that show to the same place share
 * one. Safe for use by many threads, none of which ever waits for it.
 */
final class PreviewPost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PreviewPost.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long ASK_MILLIS = 1000;
    private static final long SEND_MILLIS = 100;
    private static final int MOST_ROWS = 1000;
    private static final int LONGEST_ROW = 64 * 1024;

    private static final Map<PreviewSink.Settings, PreviewPost> OPEN = new HashMap<>();

    private final PreviewSink.Settings settings;
    private final HttpClient http;
    private final ScheduledExecutorService thread;
    private final BlockingQueue<Row> rows = new ArrayBlockingQueue<>(MOST_ROWS);
    private volatile Set<String> watched = Set.of();
    private int users;

    private PreviewPost(PreviewSink.Settings settings) {
        this.settings = settings;
        this.http = Trust.httpClient(settings.trustedCa());
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "preview");
            made.setDaemon(true);
            return made;
        });
        var unusedAsking = thread.scheduleWithFixedDelay(this::ask, 0, ASK_MILLIS, TimeUnit.MILLISECONDS);
        var unusedSending = thread.scheduleWithFixedDelay(this::send, SEND_MILLIS, SEND_MILLIS, TimeUnit.MILLISECONDS);
    }

    static PreviewPost open(PreviewSink.Settings settings) {
        synchronized (OPEN) {
            PreviewPost post = OPEN.computeIfAbsent(settings, PreviewPost::new);
            post.users++;
            return post;
        }
    }

    boolean isWatched(String stream) {
        return watched.contains(stream);
    }

    /** Forgets the row where there is no room. */
    void offer(String stream, String json) {
        if (json.length() <= LONGEST_ROW) {
            boolean unused = rows.offer(new Row(stream, json));
        }
    }

    private void ask() {
        try {
            HttpResponse<String> answer = http.send(request().GET().build(), HttpResponse.BodyHandlers.ofString());
            Set<String> streams = new HashSet<>();
            if (answer.statusCode() == 200) {
                for (JsonNode stream : JSON.readTree(answer.body()).path("streams")) {
                    streams.add(stream.asString(""));
                }
            }
            watched = Set.copyOf(streams);
        } catch (java.io.IOException | JacksonException e) {
            watched = Set.of();
            LOG.debug("Nobody says who looks", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        List<Row> taken = new ArrayList<>();
        if (rows.drainTo(taken) == 0) {
            return;
        }
        Map<String, ArrayNode> byStream = new LinkedHashMap<>();
        for (Row row : taken) {
            byStream.computeIfAbsent(row.stream, stream -> JSON.createArrayNode())
                    .add(JSON.readTree(row.json));
        }
        byStream.forEach((stream, shown) -> {
            ObjectNode body = JSON.createObjectNode().put("stream", stream);
            body.set("rows", shown);
            try {
                var unused = http.send(
                        request()
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(
                                        body.toString().getBytes(StandardCharsets.UTF_8)))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            } catch (java.io.IOException e) {
                LOG.debug("Rows of {} were not shown", stream, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private HttpRequest.Builder request() {
        URI uri = settings.uri();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        if (!settings.token().isEmpty()) {
            request.header("Authorization", settings.token());
        }
        return request;
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            users--;
            if (users > 0) {
                return;
            }
            OPEN.remove(settings);
        }
        thread.shutdownNow();
    }

    private record Row(String stream, String json) {}
}
