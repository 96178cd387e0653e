package io.riacho.auth.iam.oidc;

import java.time.Instant;
import java.util.List;

/**
 * An OpenID Connect provider whose tokens roles may trust.
 *
 * @param url without its scheme, which is always {@code https}
 * @param clientIds the audiences that its tokens may have
 */
public record OidcProvider(String url, List<String> clientIds, List<String> thumbprints, Instant createdAt) {

    public OidcProvider {
        clientIds = List.copyOf(clientIds);
        thumbprints = List.copyOf(thumbprints);
    }
}
