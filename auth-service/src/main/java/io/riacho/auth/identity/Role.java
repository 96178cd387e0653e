package io.riacho.auth.identity;

import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicySet;
import java.time.Duration;
import java.util.Map;

/**
 * A role.
 *
 * @param arn with the role's path
 * @param id the unique id, {@code AROA…}: a role that was deleted and made again has another
 * @param trust who may assume it, of kind {@code TRUST}
 * @param maxSession how long a session of it may last
 * @param policies its identity policies and boundary
 */
public record Role(
        String name,
        String arn,
        String id,
        NamedPolicy trust,
        Duration maxSession,
        Map<String, String> tags,
        PolicySet policies) {

    public Role {
        tags = Map.copyOf(tags);
    }
}
