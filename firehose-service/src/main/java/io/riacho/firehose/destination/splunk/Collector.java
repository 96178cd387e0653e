package io.riacho.firehose.destination.splunk;

import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.web.WebAnswer;
import io.riacho.firehose.destination.web.WebClient;
import io.riacho.firehose.destination.web.WebException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * HEC's protocol. Safe for use by many threads.
 *
 * @see <a href="https://docs.splunk.com/Documentation/Splunk/latest/Data/AboutHECIDXAck">About HTTP Event Collector indexer
 *     acknowledgment</a>
 */
final class Collector {

    private static final int LARGEST_ANSWER = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final WebClient.Peer peer;
    private final String base;
    private final String host;
    private final String token;
    private final UUID channel;

    Collector(WebClient.Peer peer, URI endpoint, String token, UUID channel) {
        this.peer = peer;
        String url = endpoint.toString();
        this.base = (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "/services/collector";
        this.host = endpoint.getHost();
        this.token = token;
        this.channel = channel;
    }

    /**
     * What HEC said.
     *
     * @param cookies what a proxy wants to see again to choose the same node
     */
    record Answer(int status, JsonNode json, String cookies) {

        boolean isSuccess() {
            return status == 200;
        }

        HecCode code() {
            return HecCode.of(status, json.path("code").asInt(-1));
        }
    }

    Answer send(Events events, boolean raw) throws DeliveryException, InterruptedException {
        return post(HttpRequest.newBuilder(URI.create(base + (raw ? "/raw" : "/event")))
                .header("Content-Type", raw ? "text/plain; charset=utf-8" : "application/json")
                .POST(events.body()));
    }

    /** Whether data is indexed, by the ids that it was taken with. */
    Answer ask(List<Long> acks, String cookies) throws DeliveryException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/ack?channel=" + channel))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(Map.of("acks", acks))));
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        return post(request);
    }

    private Answer post(HttpRequest.Builder request) throws DeliveryException, InterruptedException {
        request.header("Authorization", "Splunk " + token).header("X-Splunk-Request-Channel", channel.toString());
        WebAnswer answer;
        try {
            answer = peer.send(request, LARGEST_ANSWER);
        } catch (WebException e) {
            throw DeliveryException.retryable(code(e.reason()), e.getMessage(), null);
        }
        JsonNode json = JSON.missingNode();
        if (!answer.isCut()) {
            try {
                json = JSON.readTree(answer.body());
            } catch (JacksonException e) {
                // Something else than HEC answered; its status tells what it means.
            }
        }
        if (answer.status() == 200 && !json.isObject()) {
            throw DeliveryException.retryable(HecCode.SERVER_ERROR.code(), host + " did not answer as HEC does", null);
        }
        return new Answer(answer.status(), json, answer.cookies());
    }

    private static String code(WebException.Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> "Splunk.InvalidEndpoint";
            case UNTRUSTED -> "Splunk.SSLHandshake";
            case TIMED_OUT -> "Splunk.ConnectionTimeout";
            case BROKEN -> "Splunk.ConnectionClosed";
        };
    }

    /** An answer that is no success, as a failure of all that was sent. */
    DeliveryException failure(Answer answer) {
        String said = answer.json().path("text").asString("");
        return DeliveryException.retryable(
                answer.code().code(),
                answer.code().text() + " " + host + " answered " + answer.status()
                        + (said.isEmpty() ? "" : ": " + WebAnswer.excerpt(said).replace(token, "***")),
                null);
    }

    @Override
    public String toString() {
        return "Splunk " + host;
    }
}
