package io.riacho.flink.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a function over HTTP until it answers. Safe for use by many threads. */
public final class FunctionCaller implements AutoCloseable {

    /** As long as Lambda lets an invocation by Kinesis Data Analytics run. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(FunctionCaller.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int QUIET = 10;

    private final URI url;
    private final HttpClient http;
    private volatile boolean closed;

    /** @param trustedCa PEM; null for what Java trusts */
    public FunctionCaller(URI url, @Nullable String trustedCa) {
        this.url = url;
        this.http = Trust.httpClient(trustedCa);
    }

    /**
     * The answer to an event: an object that has records. One that is none, an error or no answer at all is followed by
     * another call after a pause, for as long as it takes.
     *
     * @param timer what waits between calls
     */
    public CompletableFuture<JsonNode> call(byte[] event, ScheduledExecutorService timer) {
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        attempt(event, timer, result, 1);
        return result;
    }

    private void attempt(
            byte[] event, ScheduledExecutorService timer, CompletableFuture<JsonNode> result, int number) {
        if (closed) {
            result.cancel(false);
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(event))
                .build();
        var unused = http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .handle(FunctionCaller::read)
                .thenAccept(answer -> {
                    if (answer.records != null) {
                        result.complete(answer.records);
                        return;
                    }
                    if (number % QUIET == 1) {
                        LOG.warn("The function at {} is called again: {}", url, answer.reason);
                    }
                    try {
                        var later = timer.schedule(
                                () -> attempt(event, timer, result, number + 1),
                                AwsClients.pause(number).toMillis(),
                                TimeUnit.MILLISECONDS);
                    } catch (RejectedExecutionException e) {
                        result.cancel(false);
                    }
                });
    }

    private static Answer read(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        if (answer == null) {
            return new Answer(
                    null,
                    failure != null && AwsClients.cause(failure) instanceof IOException
                            ? "it cannot be reached"
                            : String.valueOf(failure));
        }
        if (answer.statusCode() != 200) {
            return new Answer(null, "status " + answer.statusCode());
        }
        if (answer.headers().firstValue("X-Amz-Function-Error").isPresent()) {
            return new Answer(null, "it failed");
        }
        try {
            JsonNode json = JSON.readTree(answer.body());
            return json.path("records").isArray()
                    ? new Answer(json, "")
                    : new Answer(null, "its answer has no records");
        } catch (JacksonException e) {
            return new Answer(null, "its answer is no JSON");
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private record Answer(@Nullable JsonNode records, String reason) {}
}
