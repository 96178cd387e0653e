package io.riacho.protocol.rest;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How REST APIs run. */
@ConfigurationProperties("riacho.rest")
public record RestProperties(@DefaultValue Cors cors) {

    /**
     * Which web pages may call: none by default.
     *
     * @param allowedOrigins such as {@code https://console.example.org}, or {@code *} for any
     * @param maxAge how long a browser may remember that
     */
    public record Cors(
            @DefaultValue List<String> allowedOrigins,
            @DefaultValue("1h") Duration maxAge) {}
}
