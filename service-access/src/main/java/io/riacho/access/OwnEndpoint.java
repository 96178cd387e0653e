package io.riacho.access;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Where Kinesis Data Streams is: where it is said to be, or this server itself. */
public final class OwnEndpoint implements Supplier<URI>, ApplicationListener<WebServerInitializedEvent> {

    private final String address;
    private final String scheme;
    private volatile @Nullable URI endpoint;

    /**
     * @param given null for this server itself
     * @param address that the server listens on
     * @param isHttpEnabled whether it does without TLS
     */
    public OwnEndpoint(@Nullable URI given, String address, boolean isHttpEnabled) {
        this.endpoint = given;
        this.scheme = isHttpEnabled ? "http" : "https";
        this.address = address.equals("0.0.0.0") || address.equals("::") ? "127.0.0.1" : address;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (endpoint == null) {
            String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
            endpoint = URI.create(
                    scheme + "://" + host + ":" + event.getWebServer().getPort());
        }
    }

    /** @throws IllegalStateException where the server does not listen yet */
    @Override
    public URI get() {
        URI known = endpoint;
        if (known == null) {
            throw new IllegalStateException("The server does not listen yet");
        }
        return known;
    }
}
