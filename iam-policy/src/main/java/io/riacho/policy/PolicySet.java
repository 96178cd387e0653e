package io.riacho.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All policies that apply to a request. Null where a kind does not apply at all, such as the boundary of a user without
 * one; an empty list, and a policy that does not match, grant nothing.
 *
 * @param identity of the user and its groups, or of the role; empty for the others
 * @param boundary of the user or role
 * @param session of the session
 * @param resource of the resource; of kind {@link PolicyKind#TRUST} where a role is to be assumed
 * @param endpoint of the endpoint that the request came through
 * @param resourceGrantRequired whether nobody, the account itself included, has access unless the resource's policy says
 *     so, as with KMS keys: identity policies count only where it names the account. Always so for a trust policy
 */
public record PolicySet(
        List<NamedPolicy> identity,
        @Nullable List<NamedPolicy> boundary,
        @Nullable List<NamedPolicy> session,
        @Nullable NamedPolicy resource,
        @Nullable NamedPolicy endpoint,
        boolean resourceGrantRequired) {

    /** No policy at all. */
    public static final PolicySet NONE = new PolicySet(List.of(), null, null, null, null, false);

    public PolicySet {
        identity = List.copyOf(identity);
        boundary = boundary == null ? null : List.copyOf(boundary);
        session = session == null ? null : List.copyOf(session);
        check(identity);
        check(boundary);
        check(session);
        if (resource != null) {
            PolicyKind kind = resource.document().kind();
            require(kind == PolicyKind.RESOURCE || kind == PolicyKind.TRUST, resource);
            resourceGrantRequired = resourceGrantRequired || kind == PolicyKind.TRUST;
        }
        if (endpoint != null) {
            require(endpoint.document().kind() == PolicyKind.ENDPOINT, endpoint);
        }
    }

    public static PolicySet ofIdentity(List<NamedPolicy> identity) {
        return new PolicySet(identity, null, null, null, null, false);
    }

    public PolicySet withBoundary(@Nullable List<NamedPolicy> policies) {
        return new PolicySet(identity, policies, session, resource, endpoint, resourceGrantRequired);
    }

    public PolicySet withSession(@Nullable List<NamedPolicy> policies) {
        return new PolicySet(identity, boundary, policies, resource, endpoint, resourceGrantRequired);
    }

    public PolicySet withResource(@Nullable NamedPolicy policy) {
        return new PolicySet(identity, boundary, session, policy, endpoint, false);
    }

    public PolicySet withEndpoint(@Nullable NamedPolicy policy) {
        return new PolicySet(identity, boundary, session, resource, policy, resourceGrantRequired);
    }

    /** With the policy of a KMS key, or of another resource that nobody may use whom its policy does not let. */
    public PolicySet withRequiredResource(@Nullable NamedPolicy policy) {
        return new PolicySet(identity, boundary, session, policy, endpoint, true);
    }

    /** Identity policies, boundaries and session policies are one language: the same managed policy may be any of them. */
    private static void check(@Nullable List<NamedPolicy> policies) {
        if (policies != null) {
            for (NamedPolicy policy : policies) {
                require(!policy.document().kind().namesPrincipals(), policy);
            }
        }
    }

    private static void require(boolean fits, NamedPolicy policy) {
        if (!fits) {
            throw new IllegalArgumentException(
                    policy.name() + " is a " + policy.document().kind() + " policy, which does not belong there");
        }
    }
}
