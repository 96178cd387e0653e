package io.riacho.auth.iam.simulation;

import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Page;
import io.riacho.policy.AuthorizationRequest;
import io.riacho.policy.ConditionContext;
import io.riacho.policy.Explanation;
import io.riacho.policy.Explanation.PolicyExplanation;
import io.riacho.policy.Explanation.StatementExplanation;
import io.riacho.policy.PolicyEvaluator;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.policy.SourcePosition;
import io.riacho.protocol.Arn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.Position;
import software.amazon.awssdk.services.iam.model.Statement;

/** Asks the evaluator about each action on each resource, and tells which statements decided. */
public final class Simulation {

    private static final int MAX_QUESTIONS = 100_000;

    private final PolicyEvaluator evaluator = new PolicyEvaluator();
    private final String accountId;
    private final InstantSource clock;

    /** @param accountId whose the resources are that do not say */
    public Simulation(String accountId, InstantSource clock) {
        this.accountId = accountId;
        this.clock = clock;
    }

    /** Evaluates only what is on the page. */
    Page<EvaluationResult> evaluate(
            Question question, List<String> actions, List<String> resourceArns, Page.Request page) {
        List<String> resources = resourceArns.isEmpty() ? List.of("*") : resourceArns;
        if ((long) actions.size() * resources.size() > MAX_QUESTIONS) {
            throw IamErrors.invalidInput("Too many actions and resources at once.");
        }
        List<Integer> numbers =
                IntStream.range(0, actions.size() * resources.size()).boxed().toList();
        Page<Integer> asked = page.pageOf(numbers, number -> String.format("%06d", number));
        ConditionContext context = context(question);
        return new Page<>(
                asked.map(number -> evaluate(
                        question,
                        actions.get(number / resources.size()),
                        resources.get(number % resources.size()),
                        context)),
                asked.marker());
    }

    private EvaluationResult evaluate(Question question, String action, String resource, ConditionContext context) {
        Explanation explanation = evaluator.explain(
                new AuthorizationRequest(question.principal, action, resource, owner(question, resource), context),
                question.policies);
        EvaluationResult.Builder result = EvaluationResult.builder()
                .evalActionName(action)
                .evalResourceName(resource)
                .evalDecision(
                        switch (explanation.decision().outcome()) {
                            case ALLOWED -> PolicyEvaluationDecisionType.ALLOWED;
                            case EXPLICIT_DENY -> PolicyEvaluationDecisionType.EXPLICIT_DENY;
                            case IMPLICIT_DENY -> PolicyEvaluationDecisionType.IMPLICIT_DENY;
                        })
                .matchedStatements(matched(explanation))
                .missingContextValues(explanation.missingContextKeys());
        if (question.policies.boundary() != null) {
            result.permissionsBoundaryDecisionDetail(PermissionsBoundaryDecisionDetail.builder()
                    .allowedByPermissionsBoundary(explanation.verdict(PolicyKind.BOUNDARY) == Explanation.Verdict.ALLOW)
                    .build());
        }
        return result.build();
    }

    private static List<Statement> matched(Explanation explanation) {
        List<Statement> matched = new ArrayList<>();
        for (PolicyExplanation policy : explanation.policies()) {
            for (StatementExplanation statement : policy.statements()) {
                if (statement.matched()) {
                    matched.add(Statement.builder()
                            .sourcePolicyId(policy.name())
                            .sourcePolicyType(sourceType(policy))
                            .startPosition(position(statement.start()))
                            .endPosition(position(statement.end()))
                            .build());
                }
            }
        }
        return matched;
    }

    private static String sourceType(PolicyExplanation policy) {
        if (policy.kind() == PolicyKind.RESOURCE) {
            return "resource";
        }
        return policy.name().startsWith("arn:aws:iam::aws:")
                ? "aws-managed"
                : policy.name().startsWith("arn:") ? "user-managed" : "IAM Policy";
    }

    private static Position position(SourcePosition position) {
        return Position.builder()
                .line(position.line())
                .column(position.column())
                .build();
    }

    private ConditionContext context(Question question) {
        Instant now = clock.instant();
        Map<String, List<String>> keys = new HashMap<>(question.keys);
        keys.putIfAbsent("aws:currenttime", List.of(now.toString()));
        keys.putIfAbsent("aws:epochtime", List.of(Long.toString(now.getEpochSecond())));
        return ConditionContext.of(keys);
    }

    private String owner(Question question, String resource) {
        if (question.resourceOwner != null) {
            return Arn.parse(question.resourceOwner)
                    .map(Arn::accountId)
                    .filter(account -> !account.isEmpty())
                    .orElseThrow(() -> IamErrors.invalidInput("Invalid ResourceOwner: " + question.resourceOwner));
        }
        return Arn.parse(resource)
                .map(Arn::accountId)
                .filter(account -> !account.isEmpty())
                .orElse(accountId);
    }

    /**
     * Who asks, with which policies.
     *
     * @param resourceOwner an ARN of the account that has the resource; null for the one in the resource's ARN
     * @param keys condition keys, names in lower case
     */
    record Question(
            Principal principal,
            PolicySet policies,
            @Nullable String resourceOwner,
            Map<String, List<String>> keys) {}
}
