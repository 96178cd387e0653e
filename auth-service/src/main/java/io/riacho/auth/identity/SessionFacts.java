package io.riacho.auth.identity;

import io.riacho.policy.NamedPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session of a role has of its own.
 *
 * @param name the role session's name
 * @param policies session policies, of kind {@code SESSION} or {@code IDENTITY}; null where none were given
 * @param tags session tags; they come before the role's tags of the same key
 * @param provider the identity provider that vouched for who assumed the role; null where none did
 * @param keys further condition keys that hold during the session, names in lower case
 */
public record SessionFacts(
        String name,
        Instant issuedAt,
        @Nullable List<NamedPolicy> policies,
        Map<String, String> tags,
        @Nullable String sourceIdentity,
        @Nullable String provider,
        Map<String, List<String>> keys) {

    public SessionFacts {
        policies = policies == null ? null : List.copyOf(policies);
        tags = Map.copyOf(tags);
        keys = Map.copyOf(keys);
    }
}
