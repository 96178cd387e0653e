package io.riacho.policy;

import io.riacho.policy.Explanation.PolicyExplanation;
import io.riacho.policy.Explanation.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of every policy what part it has in the decision of one request. */
final class Explainer {

    private final AuthorizationRequest request;
    private final List<PolicyExplanation> explanations = new ArrayList<>();
    private final Map<PolicyKind, Verdict> verdicts = new EnumMap<>(PolicyKind.class);

    /** By their names in lower case. */
    private final Map<String, String> missingKeys = new LinkedHashMap<>();

    Explainer(AuthorizationRequest request) {
        this.request = request;
    }

    Explanation explain(PolicySet policies, Decision decision) {
        explain(PolicyKind.IDENTITY, policies.identity());
        explain(PolicyKind.BOUNDARY, policies.boundary());
        explain(PolicyKind.SESSION, policies.session());
        NamedPolicy resource = policies.resource();
        if (resource != null) {
            explain(resource.document().kind(), List.of(resource));
        }
        NamedPolicy endpoint = policies.endpoint();
        if (endpoint != null) {
            explain(PolicyKind.ENDPOINT, List.of(endpoint));
        }
        return new Explanation(
                decision,
                explanations,
                verdicts,
                Collections.unmodifiableSet(new LinkedHashSet<>(missingKeys.values())));
    }

    private void explain(PolicyKind kind, @Nullable List<NamedPolicy> policies) {
        if (policies == null) {
            return;
        }
        verdicts.put(kind, Verdict.NONE);
        for (NamedPolicy policy : policies) {
            PolicyExplanation explanation = new PolicyExplanation(
                    policy.name(),
                    kind,
                    policy.document().statements().stream()
                            .map(statement -> statement.explain(request))
                            .toList());
            explanations.add(explanation);
            verdicts.merge(kind, explanation.verdict(), (a, b) -> a.compareTo(b) > 0 ? a : b);
            addMissingKeys(policy.document());
        }
    }

    private void addMissingKeys(PolicyDocument document) {
        for (String key : document.contextKeys()) {
            String lowerCase = key.toLowerCase(Locale.ROOT);
            if (request.context().values(lowerCase) == null) {
                missingKeys.putIfAbsent(lowerCase, key);
            }
        }
    }
}
