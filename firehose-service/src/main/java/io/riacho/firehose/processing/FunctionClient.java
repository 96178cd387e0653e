package io.riacho.firehose.processing;

import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Calls functions over HTTP, as many at once as memory allows. The Lambda Runtime Interface Emulator is one kind of URL that
 * it calls. Safe for use by many threads.
 */
final class FunctionClient implements AutoCloseable {

    /** What Lambda answers at the most. */
    static final int LARGEST_ANSWER = 6 * 1024 * 1024;

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private final HttpClient http;
    private final Semaphore permits;
    private final Duration timeout;

    /** @param builder with the trust that certificates are checked with */
    FunctionClient(HttpClient.Builder builder, int concurrency, Duration timeout) {
        this.http = builder.connectTimeout(CONNECTING.compareTo(timeout) < 0 ? CONNECTING : timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.permits = new Semaphore(concurrency, true);
        this.timeout = timeout;
    }

    /** The function's answer to an event. */
    byte[] invoke(URI url, byte[] event) throws FunctionException, InterruptedException {
        permits.acquire();
        try (OpenSpan span = Tracing.current().call("function")) {
            return invoke(url, event, span);
        } finally {
            permits.release();
        }
    }

    private byte[] invoke(URI url, byte[] event, OpenSpan span) throws FunctionException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofByteArray(event));
        Tracing.current().headers().forEach(request::setHeader);
        try {
            return check(send(request.build()));
        } catch (FunctionException e) {
            span.failed(e.code());
            throw e;
        }
    }

    /** How many invocations wait for others to end. */
    int waiting() {
        return permits.getQueueLength();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws FunctionException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            // The request's own timeout ends with the answer's head; this one is for all of it.
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw timedOut();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw failed(cause == null ? e : cause);
        } finally {
            answer.cancel(true);
        }
    }

    private static FunctionException timedOut() {
        return new FunctionException(
                "Lambda.FunctionTimedOut",
                "The Lambda function invocation timed out. Increase the Timeout setting in the Lambda function.",
                true);
    }

    private static FunctionException failed(Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException timeout -> timedOut();
            case SSLException tls ->
                new FunctionException(
                        "Lambda.InvocationFailed", "The function's TLS is not trusted: " + tls.getMessage(), true);
            case ConnectException refused ->
                new FunctionException("Lambda.InvocationFailed", "The function could not be reached.", true);
            case IOException e
            when tooLarge(e) ->
                new FunctionException(
                        "Lambda.FunctionError",
                        "The function's answer has more than " + LARGEST_ANSWER + " bytes.",
                        false);
            default ->
                new FunctionException(
                        "Lambda.InvocationFailed", "The connection to the function broke: " + cause.getMessage(), true);
        };
    }

    private static boolean tooLarge(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("exceeds capacity")) {
                return true;
            }
        }
        return false;
    }

    private static byte[] check(HttpResponse<byte[]> answer) throws FunctionException {
        int status = answer.statusCode();
        if (status == 429) {
            throw new FunctionException(
                    "Lambda.InvokeLimitExceeded",
                    "The Lambda concurrent execution limit is exceeded. Increase the concurrent execution limit.",
                    true);
        }
        if (status == 401 || status == 403) {
            throw new FunctionException(
                    "Lambda.InvokeAccessDenied",
                    "Access was denied. Ensure that the access policy allows access to the Lambda function.",
                    false);
        }
        if (status == 404) {
            throw new FunctionException(
                    "Lambda.ResourceNotFound",
                    "The specified Lambda function does not exist. Use a different function that does exist.",
                    false);
        }
        if (answer.headers().firstValue("X-Amz-Function-Error").isPresent()) {
            throw functionError();
        }
        if (status < 200 || status >= 300) {
            throw new FunctionException(
                    "Lambda.InvocationFailed", "The function answered with status " + status + ".", status >= 500);
        }
        return answer.body();
    }

    static FunctionException functionError() {
        return new FunctionException(
                "Lambda.FunctionError",
                "The Lambda function was successfully invoked but it returned an error result.",
                true);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
