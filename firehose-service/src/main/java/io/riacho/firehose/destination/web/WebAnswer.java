package io.riacho.firehose.destination.web;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** What a server answered. The bytes are not copied: nobody changes them. */
public final class WebAnswer {

    private static final int EXCERPT = 1000;

    private final int status;
    private final HttpHeaders headers;
    private final BoundedBody.Bytes body;

    WebAnswer(int status, HttpHeaders headers, BoundedBody.Bytes body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** The first value of a header; empty where there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The cookies that are set, as a client shows them; empty where there are none. */
    public String cookies() {
        return headers.allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0].strip())
                .collect(Collectors.joining("; "));
    }

    public byte[] body() {
        return body.data();
    }

    /** Whether the server had more to say than was read. */
    public boolean isCut() {
        return body.cut();
    }

    /** The body's beginning as one line of text, to be shown to users. */
    public String excerpt() {
        return excerpt(new String(body.data(), 0, Math.min(body.data().length, 4 * EXCERPT), StandardCharsets.UTF_8));
    }

    /** The text's beginning as one line. */
    public static String excerpt(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "…";
    }

    @Override
    public String toString() {
        return "status " + status;
    }
}
