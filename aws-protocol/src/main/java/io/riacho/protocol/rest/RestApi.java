package io.riacho.protocol.rest;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Paths below {@code /v1} that a service serves. Declare a bean of this type, and requests to them are authenticated:
 * the {@link io.riacho.protocol.RequestContext} and the {@link RestBody} are given to methods of controllers that have a
 * parameter of that type. Paths that no bean names are not found.
 *
 * @param service the name that requests are signed for, by those that sign; null where everybody may come in, who is then
 *     nobody
 * @param paths such as {@code /v1/streams}, each with all paths below it; a part of a path may be {@code *} for any. Where
 *     several APIs serve a path, that with the longest one does
 * @param telling headers, in small letters, that tell what is asked for, besides Content-Type: a request that is signed
 *     has to sign them
 * @param certified whether who asks has to show a client certificate, too
 */
public record RestApi(@Nullable String service, List<String> paths, Set<String> telling, boolean certified) {

    private static final String ROOT = "/v1/";

    public RestApi {
        paths = List.copyOf(paths);
        telling = Set.copyOf(telling);
        for (String path : paths) {
            if (!path.startsWith(ROOT) || path.endsWith("/")) {
                throw new IllegalArgumentException(path + " does not lie below " + ROOT);
            }
        }
    }

    public static RestApi of(String service, String... paths) {
        return new RestApi(service, List.of(paths), Set.of(), false);
    }

    /** Paths that need no credentials. */
    public static RestApi open(String... paths) {
        return new RestApi(null, List.of(paths), Set.of(), false);
    }

    public RestApi withTelling(String... headers) {
        return new RestApi(service, paths, Set.of(headers), certified);
    }

    /**
     * For those only who show a certificate that {@code riacho.tls.client-ca} has issued; so nobody comes in without TLS.
     */
    public RestApi withClientCertificate() {
        return new RestApi(service, paths, telling, true);
    }

    /** How many parts of the path one of the API's own has that it lies at or below; 0 where there is none. */
    int matched(String path) {
        String[] parts = path.split("/", -1);
        int most = 0;
        for (String own : paths) {
            String[] ownParts = own.split("/", -1);
            if (matches(ownParts, parts)) {
                most = Math.max(most, ownParts.length);
            }
        }
        return most;
    }

    private static boolean matches(String[] own, String[] parts) {
        if (own.length > parts.length) {
            return false;
        }
        for (int i = 0; i < own.length; i++) {
            if (!own[i].equals(parts[i]) && !(own[i].equals("*") && !parts[i].isEmpty())) {
                return false;
            }
        }
        return true;
    }
}
