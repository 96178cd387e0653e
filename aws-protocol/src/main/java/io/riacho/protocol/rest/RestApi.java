package io.riacho.protocol.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paths below {@code /v1} that a service serves. Declare a bean of this type, and requests to them are authenticated:
 * the {@link io.riacho.protocol.RequestContext} and the {@link RestBody} are given to methods of controllers that have a
 * parameter of that type. Paths that no bean names are not found.
 *
 * @param service the name that requests are signed for, by those that sign; null where everybody may come in, who is then
 *     nobody
 * @param paths such as {@code /v1/streams}, each with all paths below it
 */
public record RestApi(@Nullable String service, List<String> paths) {

    private static final String ROOT = "/v1/";

    public RestApi {
        paths = List.copyOf(paths);
        for (String path : paths) {
            if (!path.startsWith(ROOT) || path.endsWith("/")) {
                throw new IllegalArgumentException(path + " does not lie below " + ROOT);
            }
        }
    }

    public static RestApi of(String service, String... paths) {
        return new RestApi(service, List.of(paths));
    }

    /** Paths that need no credentials. */
    public static RestApi open(String... paths) {
        return new RestApi(null, List.of(paths));
    }

    boolean serves(String path) {
        for (String own : paths) {
            if (path.startsWith(own) && (path.length() == own.length() || path.charAt(own.length()) == '/')) {
                return true;
            }
        }
        return false;
    }
}
