package io.riacho.auth.oauth;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that asks for tokens.
 *
 * @param id its {@code client_id}
 * @param name which ARNs and the sessions of its role carry
 * @param principalArn the user or role that it acts as by client credentials; null where it never acts for itself
 * @param principalId the unique id of that user or role
 * @param isPublic whether it has no secret
 * @param redirectUris where users come back to; empty where nobody signs in with it
 */
public record OAuthClient(
        String id,
        String name,
        @Nullable String principalArn,
        @Nullable String principalId,
        boolean isPublic,
        List<String> redirectUris,
        Instant createdAt) {

    public OAuthClient {
        redirectUris = List.copyOf(redirectUris);
    }
}
