package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server answered to one request. */
final class WireAnswer {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String request;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    WireAnswer(String request, int status, HttpHeaders headers, byte[] body) {
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

    byte[] body() {
        return body.clone();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String errorType() {
        return status == 200 ? "" : MAPPER.readTree(body).path("__type").asString("");
    }

    String message() {
        return status == 200 ? "" : MAPPER.readTree(body).path("message").asString("");
    }

    /** The answer's body, which has to be a success. */
    JsonNode json() {
        assertThat(status).as("%s answered %s", request, text()).isEqualTo(200);
        return MAPPER.readTree(body);
    }

    /** Checks for a success without a body. */
    WireAnswer isEmpty() {
        assertThat(status).as("%s answered %s", request, text()).isEqualTo(200);
        assertThat(body).as("body of %s", request).isEmpty();
        return this;
    }

    /** Checks for an error of exactly this type and text, in AWS's form: two members, and the type in a header. */
    void isError(String type, String message) {
        assertThat(text()).as(request).startsWith("{").endsWith("}");
        JsonNode error = MAPPER.readTree(body);
        assertThat(error.path("message").asString()).as(request).isEqualTo(message);
        assertThat(error.path("__type").asString()).as(request).isEqualTo(type);
        assertThat(status).as(request).isEqualTo(400);
        assertThat(members(error)).containsExactly("__type", "message");
        assertThat(header("x-amzn-ErrorType")).isEqualTo(type);
    }

    /** Checks for an error of the type whose text, which AWS does not publish, has all of these in it. */
    void isErrorLike(String type, String... parts) {
        assertThat(errorType()).as("%s answered %s", request, text()).isEqualTo(type);
        for (String part : parts) {
            assertThat(message()).contains(part);
        }
        isError(type, message());
    }

    /** The names of an object's members, sorted. */
    static List<String> members(JsonNode object) {
        return List.copyOf(new TreeSet<>(object.propertyNames()));
    }

    static byte[] concat(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @Override
    public String toString() {
        return request + " answered " + status + " " + text();
    }
}
