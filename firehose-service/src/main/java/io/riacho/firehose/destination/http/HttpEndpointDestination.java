package io.riacho.firehose.destination.http;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.destination.web.WebAnswer;
import io.riacho.firehose.destination.web.WebClient;
import io.riacho.firehose.destination.web.WebException;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.tracing.Tracing;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP endpoint. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html">Understand HTTP endpoint
 *     delivery request and response specifications</a>
 */
final class HttpEndpointDestination implements Destination {

    private static final int LARGEST_ANSWER = 1 << 20;
    private static final int SIZE_EXCEEDED = 413;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final WebClient.Peer peer;
    private final URI url;
    private final EndpointHeaders headers;
    private final boolean gzip;

    HttpEndpointDestination(WebClient.Peer peer, URI url, EndpointHeaders headers, boolean gzip) {
        this.peer = peer;
        this.url = url;
        this.headers = headers;
        this.gzip = gzip;
    }

    @Override
    public Delivered deliver(Delivery delivery) throws DeliveryException, InterruptedException {
        List<Rejection> rejected = new ArrayList<>();
        List<EndpointRequest> requests = EndpointRequest.of(delivery);
        for (int i = 0; i < requests.size(); i++) {
            try {
                deliver(requests.get(i));
            } catch (DeliveryException e) {
                if (e.isRetryable()) {
                    if (i == 0) {
                        throw e;
                    }
                    return new Delivered(rejected, failed(requests.subList(i, requests.size()), e));
                }
                rejected.addAll(failed(requests.subList(i, i + 1), e));
            }
        }
        return new Delivered(rejected, List.of());
    }

    private List<Rejection> failed(List<EndpointRequest> requests, DeliveryException e) {
        return requests.stream()
                .flatMap(request -> request.records().stream())
                .map(record -> new Rejection(record, e.code(), e.getMessage(), details(record)))
                .toList();
    }

    private void deliver(EndpointRequest request) throws DeliveryException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(url);
        headers.write(builder, request.id());
        request.write(builder, System.currentTimeMillis(), gzip);
        Tracing.current().headers().forEach(builder::setHeader);
        WebAnswer answer;
        try {
            answer = peer.send(builder, LARGEST_ANSWER);
        } catch (WebException e) {
            throw DeliveryException.retryable(code(e.reason()), e.getMessage(), null);
        }
        if (answer.status() != 200) {
            throw notDelivered(answer);
        }
        if (answer.isCut()) {
            throw DeliveryException.retryable(
                    "HttpEndpoint.ResponseTooLarge",
                    "The response received from the endpoint is too large. Contact the owner of the endpoint to resolve"
                            + " this issue.",
                    null);
        }
        requireSpecified(request, answer);
    }

    private static String code(WebException.Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> "HttpEndpoint.ConnectionFailed";
            case UNTRUSTED -> "HttpEndpoint.SSLHandshakeFailure";
            case TIMED_OUT -> "HttpEndpoint.RequestTimeout";
            case BROKEN -> "HttpEndpoint.ConnectionReset";
        };
    }

    private DeliveryException notDelivered(WebAnswer answer) {
        String message = "The following response was received from the endpoint destination. " + answer.status() + ": "
                + headers.withoutKey(errorMessage(answer));
        return answer.status() == SIZE_EXCEEDED
                ? DeliveryException.permanent("HttpEndpoint.DestinationException", message, null)
                : DeliveryException.retryable("HttpEndpoint.DestinationException", message, null);
    }

    private static String errorMessage(WebAnswer answer) {
        if (!answer.isCut()) {
            try {
                JsonNode said = JSON.readTree(answer.body()).path("errorMessage");
                if (said.isString()) {
                    return WebAnswer.excerpt(said.stringValue());
                }
            } catch (JacksonException e) {
                return answer.excerpt();
            }
        }
        return answer.excerpt();
    }

    private void requireSpecified(EndpointRequest request, WebAnswer answer) throws DeliveryException {
        String type = answer.header("Content-Type").toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw invalid(request, answer, "has no header Content-Type: application/json");
        }
        if (!answer.header("Content-Encoding").isEmpty()) {
            throw invalid(request, answer, "has a Content-Encoding");
        }
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw invalid(request, answer, "is not recognized as valid JSON");
        }
        if (!json.isObject() || !isTimestamp(json.path("timestamp"))) {
            throw invalid(request, answer, "is not recognized as valid JSON or has unexpected fields");
        }
        if (!json.path("requestId").asString("").equals(request.id())) {
            throw invalid(request, answer, "has another requestId");
        }
    }

    /** AWS's own examples have it as a number and as a text. */
    private static boolean isTimestamp(JsonNode timestamp) {
        return timestamp.isIntegralNumber()
                || (timestamp.isString() && timestamp.stringValue().matches("[0-9]{1,18}"));
    }

    private DeliveryException invalid(EndpointRequest request, WebAnswer answer, String why) {
        return DeliveryException.retryable(
                "HttpEndpoint.InvalidResponseFromDestination",
                "The response received from the specified endpoint is invalid. Contact the owner of the endpoint to"
                        + " resolve the issue. Response for request " + request.id() + " " + why
                        + ". Raw response received: 200 " + headers.withoutKey(answer.excerpt()),
                null);
    }

    @Override
    public Map<String, String> details(DeliveryRecord record) {
        return Map.of(
                "dataId", record.source().position() + "." + record.source().part());
    }

    @Override
    public void close() {
        // The connections belong to all destinations.
    }

    @Override
    public String toString() {
        return "HTTP endpoint " + url.getHost();
    }
}
