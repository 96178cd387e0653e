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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks which streams are looked at, and sends their rows: {@code GET} answers {@code {"streams":[name, ...],"version":n}}, and with
 * {@code after=n} once there is another version or some seconds have passed; {@code POST} is given
 * {@code {"stream":name,"rows":[row, ...]}}. Until the first answer, rows are kept of all streams: who looks while a job begins sees
 * its first rows. All sinks of a process that show to the same place share one. Safe for use by many threads, none of which ever waits
 * for it.
 */
final class PreviewPost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PreviewPost.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** More than the service takes where nothing changes. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long ASK_MILLIS = 100;
    private static final long ASK_AGAIN_MILLIS = 1000;
    private static final long SEND_MILLIS = 100;
    private static final int MOST_ROWS = 1000;
    private static final int LONGEST_ROW = 64 * 1024;

    private static final Map<PreviewSink.Settings, PreviewPost> OPEN = new HashMap<>();

    private final PreviewSink.Settings settings;
    private final HttpClient http;
    private final ScheduledExecutorService threads;
    private final BlockingQueue<Row> rows = new ArrayBlockingQueue<>(MOST_ROWS);
    /** Null until the first answer. */
    private volatile @Nullable Set<String> watched;

    private long version = -1;
    private int users;

    private PreviewPost(PreviewSink.Settings settings) {
        this.settings = settings;
        this.http = Trust.httpClient(settings.trustedCa());
        this.threads = Executors.newScheduledThreadPool(2, work -> {
            Thread made = new Thread(work, "preview");
            made.setDaemon(true);
            return made;
        });
        var unusedAsking = threads.scheduleWithFixedDelay(this::ask, 0, ASK_MILLIS, TimeUnit.MILLISECONDS);
        var unusedSending = threads.scheduleWithFixedDelay(this::send, SEND_MILLIS, SEND_MILLIS, TimeUnit.MILLISECONDS);
    }

    static PreviewPost open(PreviewSink.Settings settings) {
        synchronized (OPEN) {
            PreviewPost post = OPEN.computeIfAbsent(settings, PreviewPost::new);
            post.users++;
            return post;
        }
    }

    boolean isWatched(String stream) {
        Set<String> known = watched;
        return known == null || known.contains(stream);
    }

    /** Forgets the row where there is no room. */
    void offer(String stream, String json) {
        if (json.length() <= LONGEST_ROW) {
            boolean unused = rows.offer(new Row(stream, json));
        }
    }

    /** Whatever goes wrong, it is tried again: a schedule would end with the first exception. */
    private void ask() {
        try {
            HttpResponse<String> answer = http.send(
                    request(version < 0 ? "" : "?after=" + version).GET().build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                JsonNode told = JSON.readTree(answer.body());
                Set<String> streams = new HashSet<>();
                for (JsonNode stream : told.path("streams")) {
                    streams.add(stream.asString(""));
                }
                version = told.path("version").asLong(-1);
                watched = Set.copyOf(streams);
                if (version >= 0) {
                    return;
                }
            } else {
                nobody();
            }
            Thread.sleep(ASK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.io.IOException | RuntimeException e) {
            LOG.debug("Nobody says who looks", e);
            nobody();
            pause();
        }
    }

    private void nobody() {
        version = -1;
        watched = Set.of();
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        Set<String> known = watched;
        if (known == null) {
            return;
        }
        List<Row> taken = new ArrayList<>();
        int unused = rows.drainTo(taken);
        Map<String, ArrayNode> byStream = new LinkedHashMap<>();
        for (Row row : taken) {
            if (known.contains(row.stream)) {
                add(row, byStream.computeIfAbsent(row.stream, stream -> JSON.createArrayNode()));
            }
        }
        byStream.forEach(this::send);
    }

    /** A row that is no JSON, for it has a number that JSON has not, is not shown. */
    private static void add(Row row, ArrayNode shown) {
        try {
            shown.add(JSON.readTree(row.json));
        } catch (JacksonException e) {
            LOG.debug("A row of {} cannot be shown", row.stream, e);
        }
    }

    private void send(String stream, ArrayNode shown) {
        ObjectNode body = JSON.createObjectNode().put("stream", stream);
        body.set("rows", shown);
        try {
            var unused = http.send(
                    request("")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(
                                    body.toString().getBytes(StandardCharsets.UTF_8)))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (java.io.IOException | RuntimeException e) {
            LOG.debug("Rows of {} were not shown", stream, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder request(String query) {
        URI uri = URI.create(settings.uri() + query);
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
        threads.shutdownNow();
    }

    private record Row(String stream, String json) {}
}
