package io.riacho.protocol.signature;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which service a request says it is signed for. Nothing is proven by that: an {@link Authenticator} has to be asked, for
 * that service and no other.
 */
public final class SignedService {

    private static final String CREDENTIAL = "Credential=";

    private SignedService() {}

    /** Empty where the request is not signed, or its credential is malformed. */
    public static Optional<String> of(RequestHead request) {
        String credential = credential(request);
        if (credential == null) {
            return Optional.empty();
        }
        String[] parts = credential.split("/", 6);
        return parts.length == 5 ? Optional.of(parts[3]) : Optional.empty();
    }

    private static @Nullable String credential(RequestHead request) {
        String authorization = request.header("authorization");
        if (authorization == null) {
            return Query.parse(request.query()).first("X-Amz-Credential");
        }
        int start = authorization.indexOf(CREDENTIAL);
        if (start < 0) {
            return null;
        }
        start += CREDENTIAL.length();
        int end = start;
        while (end < authorization.length() && authorization.charAt(end) != ',' && authorization.charAt(end) != ' ') {
            end++;
        }
        return authorization.substring(start, end);
    }
}
