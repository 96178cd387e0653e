package io.riacho.policy;

/** One request against all policies that apply to it. */
final class Evaluation {

    private final AuthorizationRequest request;
    private final PolicySet policies;
    private final Principal principal;
    private final Finding identity;
    private final Finding boundary;
    private final Finding session;
    private final Finding resource;
    private final Finding endpoint;

    Evaluation(AuthorizationRequest request, PolicySet policies) {
        this.request = request;
        this.policies = policies;
        this.principal = request.principal();
        this.identity = Finding.of(PolicyKind.IDENTITY, request, policies.identity());
        this.boundary = Finding.of(PolicyKind.BOUNDARY, request, policies.boundary());
        this.session = Finding.of(PolicyKind.SESSION, request, policies.session());
        this.resource = Finding.of(
                policies.resource() == null
                        ? PolicyKind.RESOURCE
                        : policies.resource().document().kind(),
                request,
                policies.resource());
        this.endpoint = Finding.of(PolicyKind.ENDPOINT, request, policies.endpoint());
    }

    /** A denial anywhere is final; without one, all that must allow have to. */
    Decision decide() {
        if (identity.denies()) {
            return identity.denied(request.action());
        }
        if (boundary.denies()) {
            return boundary.denied(request.action());
        }
        if (session.denies()) {
            return session.denied(request.action());
        }
        if (resource.denies()) {
            return resource.denied(request.action());
        }
        if (endpoint.denies()) {
            return endpoint.denied(request.action());
        }
        if (endpoint.limits()) {
            return endpoint.missing(request.action());
        }
        if (!principal.type().isOfAnAccount()) {
            return allowedBy(resource);
        }
        return principal.accountId().equals(request.resourceAccountId()) ? withinAccount() : acrossAccounts();
    }

    private Decision withinAccount() {
        return switch (grantWithinAccount()) {
            case DIRECT -> allowedBy(resource);
            case ISSUER -> limitsAllow() ? allowedBy(resource) : limited();
            case ACCOUNT -> allowedByIdentity();
            case NONE -> policies.resourceGrantRequired() ? resource.missing(request.action()) : allowedByIdentity();
        };
    }

    /**
     * A resource's policy that names the caller is not limited by boundary and session; one that names the role or user
     * whose session it is, is. IAM knows sessions with policies of roles and federated users only; those of others, which
     * narrow what a token may do, limit everything.
     */
    private Grant grantWithinAccount() {
        boolean isNarrowed = policies.session() != null
                && (principal.type() == PrincipalType.USER || principal.type() == PrincipalType.ROOT);
        return isNarrowed && resource.grant() == Grant.DIRECT ? Grant.ISSUER : resource.grant();
    }

    private Decision allowedByIdentity() {
        if (!isRoot() && !identity.allows()) {
            return identity.missing(request.action());
        }
        if (!limitsAllow()) {
            return limited();
        }
        return isRoot() ? allowedAsRoot() : allowedBy(identity);
    }

    /** The caller's account must let it go there, and the resource's must let it in. */
    private Decision acrossAccounts() {
        if (!isRoot() && !identity.allows()) {
            return identity.missing(request.action());
        }
        return limitsAllow() ? allowedBy(resource) : limited();
    }

    private Decision allowedBy(Finding finding) {
        return finding.allows() ? finding.allowed(request.action()) : finding.missing(request.action());
    }

    private Decision allowedAsRoot() {
        return new Decision(Decision.Outcome.ALLOWED, request.action(), null, null, null, -1);
    }

    private boolean limitsAllow() {
        return !boundary.limits() && !sessionLimits();
    }

    private Decision limited() {
        return boundary.limits() ? boundary.missing(request.action()) : session.missing(request.action());
    }

    /** A federated user may do what its session's policies say, and nothing where there are none. */
    private boolean sessionLimits() {
        return session.limits() || (principal.type() == PrincipalType.FEDERATED_USER && !session.allows());
    }

    /** Needs no identity policy: the account itself, and whom it federated. */
    private boolean isRoot() {
        String issuer = principal.issuerArn();
        return switch (principal.type()) {
            case ROOT -> true;
            case FEDERATED_USER -> issuer != null && issuer.endsWith(":root");
            default -> false;
        };
    }
}
