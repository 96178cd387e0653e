package io.riacho.protocol.role;

import java.time.Instant;

/** What a service signs with while it acts for a role. Its text form hides the secret and the token. */
public record RoleCredentials(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiresAt) {

    @Override
    public String toString() {
        return "RoleCredentials[" + accessKeyId + "]";
    }
}
