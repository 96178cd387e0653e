package io.riacho.console;

import java.util.List;

/**
 * The console as a client of OAuth2. A public one: it runs in browsers, which keep no secret.
 *
 * @param origins where it is opened, such as {@code https://riacho.example.org}; without a path
 */
public record Console(List<String> origins) {

    public static final String CLIENT_ID = "riacho-console";

    /** Where the browser comes back to from the sign-in, below each origin. */
    static final String SIGNED_IN = "/console/signed-in";

    public Console {
        origins = List.copyOf(origins);
    }

    /** Those alone where users may come back to. */
    public List<String> redirectUris() {
        return origins.stream().map(origin -> origin + SIGNED_IN).toList();
    }
}
