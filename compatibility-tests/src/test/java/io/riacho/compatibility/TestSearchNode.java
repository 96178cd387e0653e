package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real OpenSearch node in a process of its own, see {@code test-opensearch}; and what a reader finds in it. */
final class TestSearchNode implements AutoCloseable {

    private static final JavaProgram PROGRAM =
            new JavaProgram("test-opensearch", "io.riacho.opensearch.SearchNode", List.of("-Xmx512m"));
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int PAGE = 10_000;

    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ClientProcess process;
    private final URI url;

    private TestSearchNode(ClientProcess process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** One that answers; its log is in {@code target/servers/NAME}. */
    static TestSearchNode started(String name) {
        Path folder = Path.of("target", "servers", name).toAbsolutePath();
        Path url = folder.resolve("url");
        try {
            Files.deleteIfExists(url);
            ClientProcess process = ClientProcess.started(
                    name, PROGRAM.command(List.of(folder.resolve("data").toString(), url.toString())), folder);
            Pause.until("OpenSearch has started", START_LIMIT, () -> {
                process.assertAlive();
                return Files.exists(url);
            });
            return new TestSearchNode(process, URI.create(Files.readString(url)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    /** All documents of an index, which need not be there yet. */
    List<String> documents(String index) {
        if (ask("POST", index + "/_refresh", "").has("error")) {
            return List.of();
        }
        List<String> documents = new ArrayList<>();
        JsonNode page = ask("POST", index + "/_search?scroll=1m", "{\"size\":" + PAGE + ",\"sort\":[\"_doc\"]}");
        while (!page.at("/hits/hits").isEmpty()) {
            page.at("/hits/hits")
                    .forEach(hit -> documents.add(hit.get("_source").toString()));
            page = ask(
                    "POST",
                    "_search/scroll",
                    "{\"scroll\":\"1m\",\"scroll_id\":\""
                            + page.get("_scroll_id").asString() + "\"}");
        }
        ask("DELETE", "_search/scroll/" + page.path("_scroll_id").asString(), "");
        return documents;
    }

    private JsonNode ask(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return json.readTree(client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(process.endOfLog(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }
}
