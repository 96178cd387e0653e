package io.riacho.policy;

/**
 * Decides requests by IAM's policy evaluation logic, within an account and across accounts. See IAM's pages "Policy
 * evaluation logic" and "Cross-account policy evaluation logic", and KMS's "Key policies". Stateless, and safe for use by
 * many threads.
 */
public final class PolicyEvaluator {

    public Decision decide(AuthorizationRequest request, PolicySet policies) {
        return new Evaluation(request, policies).decide();
    }

    /** Decides as {@link #decide} does, and says of every policy and statement what part it had. */
    public Explanation explain(AuthorizationRequest request, PolicySet policies) {
        return new Explainer(request).explain(policies, decide(request, policies));
    }
}
