package io.riacho.console;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the console is, and where its services are.
 *
 * @param enabled whether it is served
 * @param origins where browsers open it, such as {@code https://riacho.example.org}; by default this server's own addresses
 *     on this machine
 * @param endpoints where the services listen that are not at the console's own address
 */
@ConfigurationProperties("riacho.console")
record ConsoleProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue List<String> origins,
        @DefaultValue Endpoints endpoints) {

    ConsoleProperties {
        origins = origins.stream()
                .map(origin -> origin("riacho.console.origins", origin))
                .toList();
    }

    /**
     * As browsers reach them. Empty where it is the console's own address.
     *
     * @param streams of Kinesis, CloudWatch and the REST API of streams
     */
    record Endpoints(
            @DefaultValue("") String streams,
            @DefaultValue("") String firehose,
            @DefaultValue("") String analytics) {

        Endpoints {
            streams = origin("riacho.console.endpoints.streams", streams);
            firehose = origin("riacho.console.endpoints.firehose", firehose);
            analytics = origin("riacho.console.endpoints.analytics", analytics);
        }

        List<String> others() {
            return Stream.of(streams, firehose, analytics)
                    .filter(endpoint -> !endpoint.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    /** Only what is nothing but an origin may be written into a header, or compared with one. */
    private static String origin(String property, String value) {
        if (value.isEmpty()) {
            return value;
        }
        try {
            URI uri = URI.create(value);
            String scheme = uri.getScheme();
            if (("http".equals(scheme) || "https".equals(scheme)) && uri.getHost() != null) {
                String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
                String origin = scheme + "://" + uri.getHost() + port;
                if (value.equals(origin) || value.equals(origin + "/")) {
                    return origin;
                }
            }
        } catch (IllegalArgumentException _) {
            // It is no URL at all, which is told in the same words.
        }
        throw new IllegalArgumentException(property + " has to be http(s)://HOST or http(s)://HOST:PORT: " + value);
    }
}
