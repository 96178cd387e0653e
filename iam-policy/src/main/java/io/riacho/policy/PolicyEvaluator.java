package io.riacho.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        List<Explanation.PolicyExplanation> explanations = new ArrayList<>();
        Map<String, String> missing = new LinkedHashMap<>();
        explain(PolicyKind.IDENTITY, policies.identity(), request, explanations, missing);
        explain(PolicyKind.BOUNDARY, policies.boundary(), request, explanations, missing);
        explain(PolicyKind.SESSION, policies.session(), request, explanations, missing);
        NamedPolicy resource = policies.resource();
        if (resource != null) {
            explain(resource.document().kind(), List.of(resource), request, explanations, missing);
        }
        NamedPolicy endpoint = policies.endpoint();
        if (endpoint != null) {
            explain(PolicyKind.ENDPOINT, List.of(endpoint), request, explanations, missing);
        }
        Set<String> keys = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(missing.values()));
        return new Explanation(decide(request, policies), explanations, keys);
    }

    private static void explain(
            PolicyKind kind,
            @Nullable List<NamedPolicy> policies,
            AuthorizationRequest request,
            List<Explanation.PolicyExplanation> explanations,
            Map<String, String> missing) {
        if (policies == null) {
            return;
        }
        for (NamedPolicy policy : policies) {
            explanations.add(new Explanation.PolicyExplanation(
                    policy.name(),
                    kind,
                    policy.document().statements().stream()
                            .map(statement -> statement.explain(request))
                            .toList()));
            for (String key : policy.document().contextKeys()) {
                String lowerCase = key.toLowerCase(Locale.ROOT);
                if (request.context().values(lowerCase) == null) {
                    missing.putIfAbsent(lowerCase, key);
                }
            }
        }
    }
}
