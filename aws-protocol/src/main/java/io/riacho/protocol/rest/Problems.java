package io.riacho.protocol.rest;

import io.riacho.protocol.AwsException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Errors as problem details (RFC 9457). {@code type} is {@code urn:riacho:error:} and the error's name, which is also the
 * {@code title}; the member {@code requestId} is the answer's id.
 */
public final class Problems {

    private static final String CONTENT_TYPE = "application/problem+json";
    private static final String TYPE = "urn:riacho:error:";
    private static final JsonMapper JSON = JsonMapper.shared();

    private Problems() {}

    /** The error as a JSON object, for where an answer is under way already. */
    public static String text(AwsException error, String requestId) {
        ObjectNode problem = JSON.createObjectNode();
        problem.put("type", TYPE + error.type());
        problem.put("title", error.type());
        problem.put("status", ProblemStatus.of(error));
        if (!error.getMessage().isEmpty()) {
            problem.put("detail", error.getMessage());
        }
        problem.put("requestId", requestId);
        return JSON.writeValueAsString(problem);
    }

    /** As {@link #send}, to a request that is none of a {@link RestApi}. */
    public static void send(
            HttpServletRequest request, HttpServletResponse response, AwsException error, String requestId)
            throws IOException {
        RestRequests.setId(request, requestId);
        send(request, response, error);
    }

    /** Answers with the error; the answer may not have been begun. */
    static void send(HttpServletRequest request, HttpServletResponse response, AwsException error) throws IOException {
        int status = ProblemStatus.of(error);
        byte[] body = text(error, RestRequests.id(request)).getBytes(StandardCharsets.UTF_8);
        response.resetBuffer();
        response.setStatus(status);
        response.setHeader("x-amzn-ErrorType", error.type());
        response.setHeader("Cache-Control", "no-store");
        String retryAfter = error.retryAfterSeconds() > 0
                ? Long.toString(error.retryAfterSeconds())
                : ProblemStatus.retryAfter(status);
        if (retryAfter != null) {
            response.setHeader("Retry-After", retryAfter);
        }
        if (ProblemStatus.isUnauthorized(status)) {
            challenge(request, response);
        }
        response.setContentType(CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** RFC 6750, section 3: an error is named only to who sent a token. */
    private static void challenge(HttpServletRequest request, HttpServletResponse response) {
        String sent = request.getHeader("authorization");
        boolean token = sent != null && sent.regionMatches(true, 0, "Bearer ", 0, 7);
        response.setHeader("WWW-Authenticate", "Bearer realm=\"riacho\"" + (token ? ", error=\"invalid_token\"" : ""));
        response.addHeader("WWW-Authenticate", "AWS4-HMAC-SHA256 realm=\"riacho\"");
    }
}
