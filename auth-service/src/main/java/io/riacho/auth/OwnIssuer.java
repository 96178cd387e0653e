package io.riacho.auth;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The issuer where none is set: the URL by which clients on this machine reach the server. */
final class OwnIssuer {

    private static final int USUAL_PORT = 4570;
    /** As {@code riacho.tls.port} is below the server's where it is not set. */
    private static final int TLS_BELOW = 123;

    private OwnIssuer() {}

    /** @param settings null for what is not set */
    static String of(Function<String, @Nullable String> settings) {
        int port = number(settings.apply("server.port"), USUAL_PORT);
        if (!"false".equals(settings.apply("riacho.http.enabled"))) {
            return "http://" + host(settings.apply("server.address")) + ':' + port;
        }
        int tls = number(settings.apply("riacho.tls.port"), Math.max(port - TLS_BELOW, 0));
        return "https://" + host(settings.apply("server.address")) + ':' + tls;
    }

    private static String host(@Nullable String address) {
        if (address == null || address.isEmpty()) {
            return "127.0.0.1";
        }
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return "localhost";
        }
        return address.indexOf(':') < 0 ? address : '[' + address + ']';
    }

    private static int number(@Nullable String text, int otherwise) {
        return text == null || text.isEmpty() ? otherwise : Integer.parseInt(text);
    }
}
