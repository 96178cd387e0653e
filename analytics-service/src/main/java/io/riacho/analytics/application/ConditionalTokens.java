package io.riacho.analytics.application;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What callers of the second API prove with that they know the current version. It is no secret. */
public final class ConditionalTokens {

    private ConditionalTokens() {}

    public static String of(Application application) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((application.id() + "/" + application.version()).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
