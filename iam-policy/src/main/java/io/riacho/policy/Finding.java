package io.riacho.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the policies of one kind say together.
 *
 * @param applies whether there is this kind of policy for the request at all
 * @param denies whether a statement denies; {@code statement} is then that one
 * @param grant the most that a statement allows; {@code statement} is then the first of those
 */
record Finding(
        PolicyKind kind,
        boolean applies,
        boolean denies,
        Grant grant,
        @Nullable NamedPolicy policy,
        @Nullable Statement statement) {

    static Finding of(PolicyKind kind, AuthorizationRequest request, @Nullable List<NamedPolicy> policies) {
        if (policies == null) {
            return new Finding(kind, false, false, Grant.NONE, null, null);
        }
        Grant most = Grant.NONE;
        NamedPolicy policy = null;
        Statement statement = null;
        for (int i = 0; i < policies.size(); i++) {
            NamedPolicy candidate = policies.get(i);
            List<Statement> statements = candidate.document().statements();
            for (int j = 0; j < statements.size(); j++) {
                Statement next = statements.get(j);
                boolean denies = next.effect() == Effect.DENY;
                if (!denies && most == Grant.DIRECT) {
                    continue;
                }
                Grant grant = next.grant(request);
                if (denies && grant != Grant.NONE) {
                    return new Finding(kind, true, true, Grant.NONE, candidate, next);
                }
                if (grant.compareTo(most) > 0) {
                    most = grant;
                    policy = candidate;
                    statement = next;
                }
            }
        }
        return new Finding(kind, true, false, most, policy, statement);
    }

    static Finding of(PolicyKind kind, AuthorizationRequest request, @Nullable NamedPolicy policy) {
        return of(kind, request, policy == null ? null : List.of(policy));
    }

    boolean allows() {
        return grant != Grant.NONE;
    }

    /** Whether the request ends here, as policies of this kind must allow it and do not. */
    boolean limits() {
        return applies && !allows();
    }

    Decision denied(String action) {
        return decision(Decision.Outcome.EXPLICIT_DENY, action);
    }

    Decision allowed(String action) {
        return decision(Decision.Outcome.ALLOWED, action);
    }

    /** That nothing of this kind allows. */
    Decision missing(String action) {
        return new Decision(Decision.Outcome.IMPLICIT_DENY, action, kind, null, null, -1);
    }

    private Decision decision(Decision.Outcome outcome, String action) {
        if (policy == null || statement == null) {
            throw new IllegalStateException("No statement decided");
        }
        return new Decision(outcome, action, kind, policy.name(), statement.sid(), statement.index());
    }
}
