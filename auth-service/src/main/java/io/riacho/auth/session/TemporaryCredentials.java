package io.riacho.auth.session;

import java.time.Instant;

/** What a client signs with during a session. Its text form hides the secret and the token. */
public record TemporaryCredentials(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiresAt) {

    @Override
    public String toString() {
        return "TemporaryCredentials[" + accessKeyId + "]";
    }
}
