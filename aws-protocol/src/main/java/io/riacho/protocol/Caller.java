package io.riacho.protocol;

import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.policy.PrincipalType;
import java.util.List;
import java.util.Map;

/**
 * Who asks, once that is proven, and what it may do.
 *
 * @param principal as policies name it
 * @param userId what {@code aws:userid} is: a user's unique id, a role's with the session's name, an account's number
 * @param keys condition keys that hold for the caller whatever it asks, such as {@code aws:username} and
 *     {@code aws:principaltag/team}; names in lower case
 * @param policies the caller's own: identity policies, boundary, session policies
 */
public record Caller(Principal principal, String userId, Map<String, List<String>> keys, PolicySet policies) {

    public Caller {
        keys = Map.copyOf(keys);
    }

    /** The account itself, which may do everything that no other policy forbids. */
    public static Caller root(String accountId) {
        return new Caller(Principal.root(accountId), accountId, Map.of(), PolicySet.ofIdentity(List.of()));
    }

    /** Nobody in particular: who calls an operation that needs no signature. Belongs to no account. */
    public static Caller anonymous() {
        return new Caller(Principal.anonymous(), "anonymous", Map.of(), PolicySet.NONE);
    }

    public String arn() {
        return principal.arn();
    }

    /** Twelve digits; empty for {@link #anonymous()}. */
    public String accountId() {
        return principal.accountId();
    }

    public boolean isRoot() {
        return principal.type() == PrincipalType.ROOT;
    }
}
