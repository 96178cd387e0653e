package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server answered to one plain REST request. */
final class RestAnswer {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String request;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    RestAnswer(String request, int status, HttpHeaders headers, byte[] body) {
        this.request = request;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    List<String> headers(String name) {
        return headers.allValues(name);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    RestAnswer has(int expected) {
        assertThat(status).as(toString()).isEqualTo(expected);
        return this;
    }

    JsonNode json() {
        assertThat(status).as(toString()).isBetween(200, 299);
        assertThat(header("Content-Type")).startsWith("application/json");
        return MAPPER.readTree(body);
    }

    /** Checks for problem details (RFC 9457) of that kind; gives what they say in detail. */
    String problem(int expected, String type) {
        assertThat(status).as(toString()).isEqualTo(expected);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = MAPPER.readTree(body);
        assertThat(problem.path("type").asString()).as(toString()).isEqualTo("urn:riacho:error:" + type);
        assertThat(problem.path("title").asString()).isEqualTo(type);
        assertThat(problem.path("status").asInt()).isEqualTo(expected);
        assertThat(problem.path("requestId").asString()).isNotEmpty().isEqualTo(header("x-amzn-RequestId"));
        assertThat(header("x-amzn-ErrorType")).isEqualTo(type);
        return problem.path("detail").asString("");
    }

    @Override
    public String toString() {
        return request + " answered " + status + " " + text();
    }
}
