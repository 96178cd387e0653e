package io.riacho.policy;

import java.util.Set;

/**
 * A statement's {@code Principal} or {@code NotPrincipal}. See IAM's pages "JSON policy elements: Principal" and
 * "NotPrincipal".
 *
 * @param negated {@code NotPrincipal}
 * @param everyone {@code *}
 * @param accounts by their ids
 * @param arns of users, roles and sessions
 * @param services by their names
 * @param providers of identities, by ARN or domain name
 */
record PrincipalElement(
        boolean negated,
        boolean everyone,
        Set<String> accounts,
        Set<String> arns,
        Set<String> services,
        Set<String> providers) {

    PrincipalElement {
        accounts = Set.copyOf(accounts);
        arns = Set.copyOf(arns);
        services = Set.copyOf(services);
        providers = Set.copyOf(providers);
    }

    /** How far the element is about the caller. */
    Grant grant(Principal principal, Effect effect) {
        if (!negated) {
            return named(principal);
        }
        // Who is only named by account or role counts as left out where that keeps a permission from it, and does not
        // where that would spare it a denial: IAM may look at the session, at its role and at its account.
        boolean leftOut = effect == Effect.ALLOW ? named(principal) != Grant.NONE : isNamedItself(principal);
        return leftOut ? Grant.NONE : Grant.DIRECT;
    }

    private Grant named(Principal principal) {
        if (everyone || isNamedItself(principal)) {
            return Grant.DIRECT;
        }
        if (!principal.type().isOfAnAccount()) {
            return Grant.NONE;
        }
        String issuer = principal.issuerArn();
        String provider = principal.provider();
        if ((issuer != null && arns.contains(issuer)) || (provider != null && providers.contains(provider))) {
            return Grant.ISSUER;
        }
        return accounts.contains(principal.accountId()) ? Grant.ACCOUNT : Grant.NONE;
    }

    private boolean isNamedItself(Principal principal) {
        return everyone
                || switch (principal.type()) {
                    case ROOT -> accounts.contains(principal.accountId());
                    case USER, ASSUMED_ROLE, FEDERATED_USER -> arns.contains(principal.arn());
                    case FEDERATED -> providers.contains(principal.arn());
                    case SERVICE -> services.contains(principal.arn());
                    case ANONYMOUS -> false;
                };
    }
}
