package io.riacho.protocol.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer as it came. */
record RawAnswer(int status, Map<String, String> headers, byte[] bytes) {

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
