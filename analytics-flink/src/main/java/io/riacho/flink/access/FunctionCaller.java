package io.riacho.flink.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a function over HTTP. Safe for use by many threads. */
public final class FunctionCaller implements AutoCloseable {

    /** As long as Lambda lets an invocation by Kinesis Data Analytics run. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Lambda's own limit is 6 MiB. */
    private static final int LARGEST_ANSWER = 8 * 1024 * 1024;

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

    /** A call gave no answer that tells of records; its text says why. */
    public static final class Failure extends Exception {

        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    /** The answer to an event, an object that has records; fails with {@link Failure} where there is none. */
    public CompletableFuture<JsonNode> call(byte[] event) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(event))
                .build();
        return http.sendAsync(request, head -> new LimitedBody(LARGEST_ANSWER)).handle(FunctionCaller::read);
    }

    /**
     * As {@link #call}, again after a pause each time that it fails, for as long as it takes.
     *
     * @param timer what waits between calls
     */
    public CompletableFuture<JsonNode> callUntilAnswered(byte[] event, ScheduledExecutorService timer) {
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        attempt(event, timer, result, 1);
        return result;
    }

    private void attempt(byte[] event, ScheduledExecutorService timer, CompletableFuture<JsonNode> result, int number) {
        if (closed) {
            result.cancel(false);
            return;
        }
        var unused = call(event).whenComplete((answer, failure) -> {
            if (answer != null) {
                result.complete(answer);
                return;
            }
            if (number % QUIET == 1) {
                LOG.warn(
                        "The function at {} is called again: {}",
                        url,
                        AwsClients.cause(failure).getMessage());
            }
            try {
                var unusedTimer = timer.schedule(
                        () -> attempt(event, timer, result, number + 1),
                        AwsClients.pause(number).toMillis(),
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                result.cancel(false);
            }
        });
    }

    private static JsonNode read(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        if (answer == null) {
            Throwable cause = failure == null ? null : AwsClients.cause(failure);
            throw failed(
                    cause instanceof LimitedBody.TooLarge
                            ? "its answer has more than " + LARGEST_ANSWER + " bytes"
                            : cause instanceof IOException ? "it cannot be reached" : String.valueOf(cause));
        }
        if (answer.statusCode() != 200) {
            throw failed("it answered with status " + answer.statusCode());
        }
        if (answer.headers().firstValue("X-Amz-Function-Error").isPresent()) {
            throw failed("it failed");
        }
        try {
            JsonNode json = JSON.readTree(answer.body());
            if (json.path("records").isArray()) {
                return json;
            }
        } catch (JacksonException e) {
            throw failed("its answer is no JSON");
        }
        throw failed("its answer has no records");
    }

    private static CompletionException failed(String why) {
        return new CompletionException(new Failure(why));
    }

    @Override
    public void close() {
        closed = true;
    }
}
