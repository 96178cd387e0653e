package io.riacho.policy;

/** Decides requests by IAM's policy evaluation logic. Stateless, and safe for use by many threads. */
public final class PolicyEvaluator {

    public Decision decide(AuthorizationRequest request, PolicySet policies) {
        throw new UnsupportedOperationException();
    }

    /** Decides as {@link #decide} does, and says of every policy and statement what part it had. */
    public Explanation explain(AuthorizationRequest request, PolicySet policies) {
        throw new UnsupportedOperationException();
    }
}
