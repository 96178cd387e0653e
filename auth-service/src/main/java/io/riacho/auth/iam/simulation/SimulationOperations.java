package io.riacho.auth.iam.simulation;

import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Page;
import io.riacho.auth.iam.PolicyTexts;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** Says what policies would decide, by the evaluation that really decides. */
public final class SimulationOperations {

    private final SimulatedPrincipals principals;
    private final Simulation simulation;

    public SimulationOperations(SimulatedPrincipals principals, Simulation simulation) {
        this.principals = principals;
        this.simulation = simulation;
    }

    public SimulateCustomPolicyResponse simulateCustomPolicy(SimulateCustomPolicyRequest request) {
        refuse(request.resourceHandlingOption());
        SimulatedPrincipal principal = principals.nobody(request.callerArn());
        Simulation.Question question = question(
                principal,
                policies(
                        principal.policies(),
                        request.policyInputList(),
                        request.permissionsBoundaryPolicyInputList(),
                        request.resourcePolicy()),
                request.resourceOwner(),
                request.contextEntries());
        Page<EvaluationResult> page = simulation.evaluate(
                question,
                request.actionNames(),
                request.resourceArns(),
                Page.Request.of(request.marker(), request.maxItems()));
        return SimulateCustomPolicyResponse.builder()
                .evaluationResults(page.items())
                .isTruncated(page.isTruncated())
                .marker(page.marker())
                .build();
    }

    public SimulatePrincipalPolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest request) {
        refuse(request.resourceHandlingOption());
        SimulatedPrincipal principal = principals.find(request.policySourceArn(), request.callerArn());
        Simulation.Question question = question(
                principal,
                policies(
                        principal.policies(),
                        request.policyInputList(),
                        request.permissionsBoundaryPolicyInputList(),
                        request.resourcePolicy()),
                request.resourceOwner(),
                request.contextEntries());
        Page<EvaluationResult> page = simulation.evaluate(
                question,
                request.actionNames(),
                request.resourceArns(),
                Page.Request.of(request.marker(), request.maxItems()));
        return SimulatePrincipalPolicyResponse.builder()
                .evaluationResults(page.items())
                .isTruncated(page.isTruncated())
                .marker(page.marker())
                .build();
    }

    public GetContextKeysForCustomPolicyResponse getContextKeysForCustomPolicy(
            GetContextKeysForCustomPolicyRequest request) {
        return GetContextKeysForCustomPolicyResponse.builder()
                .contextKeyNames(contextKeys(parse("PolicyInputList", request.policyInputList(), PolicyKind.IDENTITY)))
                .build();
    }

    public GetContextKeysForPrincipalPolicyResponse getContextKeysForPrincipalPolicy(
            GetContextKeysForPrincipalPolicyRequest request) {
        List<NamedPolicy> policies = new ArrayList<>(
                principals.find(request.policySourceArn(), null).policies().identity());
        policies.addAll(parse("PolicyInputList", request.policyInputList(), PolicyKind.IDENTITY));
        return GetContextKeysForPrincipalPolicyResponse.builder()
                .contextKeyNames(contextKeys(policies))
                .build();
    }

    private static Simulation.Question question(
            SimulatedPrincipal principal,
            PolicySet policies,
            @Nullable String resourceOwner,
            List<ContextEntry> entries) {
        Map<String, List<String>> keys = new LinkedHashMap<>(principal.keys());
        for (ContextEntry entry : entries) {
            if (entry.contextKeyName() == null) {
                throw IamErrors.validation("A context entry has to name its key.");
            }
            keys.put(entry.contextKeyName().toLowerCase(Locale.ROOT), entry.contextKeyValues());
        }
        return new Simulation.Question(principal.principal(), policies, resourceOwner, keys);
    }

    /** A given boundary takes the place of the one that the principal has. */
    private static PolicySet policies(
            PolicySet own, List<String> more, List<String> boundaries, @Nullable String resourcePolicy) {
        List<NamedPolicy> identity = new ArrayList<>(own.identity());
        identity.addAll(parse("PolicyInputList", more, PolicyKind.IDENTITY));
        PolicySet policies = PolicySet.ofIdentity(identity)
                .withBoundary(
                        boundaries.isEmpty()
                                ? own.boundary()
                                : parse("PermissionsBoundaryPolicyInputList", boundaries, PolicyKind.BOUNDARY));
        return resourcePolicy == null
                ? policies
                : policies.withResource(
                        new NamedPolicy("ResourcePolicy", PolicyTexts.parse(resourcePolicy, PolicyKind.RESOURCE)));
    }

    private static List<NamedPolicy> parse(String listName, List<String> documents, PolicyKind kind) {
        List<NamedPolicy> policies = new ArrayList<>();
        for (String document : documents) {
            policies.add(new NamedPolicy(listName + '.' + (policies.size() + 1), PolicyTexts.parse(document, kind)));
        }
        return policies;
    }

    private static List<String> contextKeys(List<NamedPolicy> policies) {
        return policies.stream()
                .flatMap(policy -> policy.document().contextKeys().stream())
                .distinct()
                .toList();
    }

    private static void refuse(@Nullable String resourceHandlingOption) {
        if (resourceHandlingOption != null) {
            throw IamErrors.notSupported("ResourceHandlingOption, which is about EC2,");
        }
    }
}
