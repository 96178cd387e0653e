package io.riacho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.policy.ReferenceEvaluator.Case;
import io.riacho.policy.ReferenceEvaluator.Rule;
import io.riacho.policy.ReferenceEvaluator.Test;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** The evaluator against {@link ReferenceEvaluator}, on random policies and requests of few words. */
class PolicyEvaluatorProperties {

    private static final String A = "111111111111";
    private static final String B = "222222222222";
    private static final List<Principal> CALLERS = List.of(
            Principal.root(A),
            Principal.user("arn:aws:iam::" + A + ":user/u1"),
            Principal.user("arn:aws:iam::" + A + ":user/u2"),
            Principal.assumedRole("arn:aws:sts::" + A + ":assumed-role/r1/s1", "arn:aws:iam::" + A + ":role/r1"),
            Principal.assumedRole("arn:aws:sts::" + A + ":assumed-role/r1/s2", "arn:aws:iam::" + A + ":role/r1"),
            Principal.federatedUser("arn:aws:sts::" + A + ":federated-user/f1", "arn:aws:iam::" + A + ":user/u1"),
            Principal.service("x.amazonaws.com"),
            Principal.federated("idp.example.com"),
            Principal.anonymous());
    private static final List<String> NAMES = List.of(
            "*",
            A,
            B,
            "arn:aws:iam::" + A + ":user/u1",
            "arn:aws:iam::" + A + ":role/r1",
            "arn:aws:sts::" + A + ":assumed-role/r1/s1",
            "arn:aws:sts::" + A + ":federated-user/f1",
            "x.amazonaws.com",
            "idp.example.com");
    private static final List<String> ACTIONS =
            List.of("*", "*", "k:Put*", "k:put", "k:Get", "K:*", "s:Put", "k:P?t", "*:Put");
    private static final List<String> RESOURCES = List.of(
            "*",
            "*",
            "*",
            "arn:aws:k:us-1:1:x/a",
            "arn:aws:k:*:1:x/a*",
            "arn:aws:k:us-?:1:*",
            "arn:aws:k:u*1:1:x/?",
            "arn:aws:k:*",
            "arn:aws:k:us-1:1:x/${k:a}",
            "arn:aws:k:us-1:1:x/${k:b}*");
    private static final List<String> REQUESTED = List.of(
            "*",
            "arn:aws:k:us-1:1:x/a",
            "arn:aws:k:us-1:1:x/x",
            "arn:aws:k:us-1:1:x/*",
            "arn:aws:k:us-2:1:x/ab:c",
            "arn:aws:k:us:1:1:x/a");
    private static final List<String> OPERATORS = List.of(
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
            "NumericLessThan",
            "Bool",
            "Null");
    private static final List<String> KEYS = List.of("k:a", "k:b", "k:c");
    private static final List<String> TEXTS = List.of("x", "X", "x*", "*", "?", "a", "${k:a}", "${k:b}x", "");
    private static final List<String> VALUES = List.of("x", "X", "xx", "*", "a", "1", "3", "true", "false", "");

    @Property(tries = 20_000)
    void theEvaluatorDecidesAsTheRulesSay(@ForAll("cases") Case of) {
        AuthorizationRequest request = new AuthorizationRequest(
                of.principal(), of.action(), of.resource(), of.owner(), ConditionContext.of(of.context()));
        NamedPolicy resource = of.resourcePolicy() == null ? null : policy(PolicyKind.RESOURCE, of.resourcePolicy());
        PolicySet policies = new PolicySet(
                List.of(policy(PolicyKind.IDENTITY, of.identity())),
                of.boundary() == null ? null : List.of(policy(PolicyKind.BOUNDARY, of.boundary())),
                of.session() == null ? null : List.of(policy(PolicyKind.SESSION, of.session())),
                resource,
                of.endpoint() == null ? null : policy(PolicyKind.ENDPOINT, of.endpoint()),
                of.grantRequired());

        Decision decision = new PolicyEvaluator().decide(request, policies);
        Explanation explanation = new PolicyEvaluator().explain(request, policies);

        String expected = new ReferenceEvaluator(of).decide();
        Statistics.collect(expected);
        assertThat(decision.outcome())
                .isEqualTo(
                        switch (expected) {
                            case "DENY" -> Decision.Outcome.EXPLICIT_DENY;
                            case "ALLOW" -> Decision.Outcome.ALLOWED;
                            default -> Decision.Outcome.IMPLICIT_DENY;
                        });
        assertThat(explanation.decision()).isEqualTo(decision);
        assertThatTheExplanationFits(decision, explanation);
    }

    private static void assertThatTheExplanationFits(Decision decision, Explanation explanation) {
        PolicyKind kind = decision.kind();
        if (kind != null && decision.outcome() != Decision.Outcome.IMPLICIT_DENY) {
            Explanation.StatementExplanation decisive = explanation.policies().stream()
                    .filter(policy -> policy.kind() == kind)
                    .findFirst()
                    .orElseThrow()
                    .statements()
                    .get(decision.statement());
            assertThat(decisive.matched()).isTrue();
            assertThat(decisive.effect()).isEqualTo(decision.isAllowed() ? Effect.ALLOW : Effect.DENY);
        }
        boolean anyDenies =
                explanation.policies().stream().anyMatch(policy -> policy.verdict() == Explanation.Verdict.DENY);
        assertThat(anyDenies).isEqualTo(decision.outcome() == Decision.Outcome.EXPLICIT_DENY);
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.randomValue(PolicyEvaluatorProperties::randomCase);
    }

    private static Case randomCase(Random random) {
        Map<String, List<String>> context = new HashMap<>();
        for (String key : KEYS) {
            int count = random.nextInt(5) - 1;
            if (count >= 0) {
                context.put(key, count == 0 ? List.of() : some(random, VALUES, Math.min(count, 2)));
            }
        }
        Principal principal = one(random, CALLERS);
        boolean hasBoundary = principal.type() != PrincipalType.ROOT && random.nextInt(3) == 0;
        return new Case(
                principal,
                one(random, List.of("k:Put", "K:PUT", "k:Get", "s:Put")),
                one(random, REQUESTED),
                random.nextInt(3) == 0 ? B : A,
                context,
                rules(random, false, 2),
                hasBoundary ? rules(random, false, 1) : null,
                random.nextInt(3) == 0 ? rules(random, false, 1) : null,
                random.nextInt(4) == 0 ? null : rules(random, true, 2),
                random.nextInt(5) == 0 ? rules(random, true, 1) : null,
                random.nextInt(4) == 0);
    }

    private static List<Rule> rules(Random random, boolean principals, int most) {
        List<Rule> rules = new ArrayList<>();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            List<Test> tests = new ArrayList<>();
            while (random.nextInt(3) == 0 && tests.size() < 2) {
                Test next = test(random);
                if (tests.stream().noneMatch(test -> test.key().equals(next.key()))) {
                    tests.add(next);
                }
            }
            rules.add(new Rule(
                    random.nextInt(10) != 0,
                    random.nextInt(5) == 0,
                    some(random, ACTIONS, 1 + random.nextInt(2)),
                    principals && random.nextInt(6) == 0,
                    principals ? some(random, NAMES, 1 + random.nextInt(2)) : List.of(),
                    random.nextInt(5) == 0,
                    some(random, RESOURCES, 1 + random.nextInt(2)),
                    tests));
        }
        return rules;
    }

    private static Test test(Random random) {
        String operator = one(random, OPERATORS);
        List<String> values = switch (operator) {
            case "NumericLessThan" -> List.of("2");
            case "Bool", "Null" -> some(random, List.of("true", "false"), 1);
            default -> some(random, TEXTS, 1 + random.nextInt(2));
        };
        boolean isNull = operator.equals("Null");
        return new Test(
                isNull ? "" : one(random, List.of("", "", "ForAllValues:", "ForAnyValue:")),
                operator,
                !isNull && random.nextInt(4) == 0,
                one(random, KEYS),
                values);
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static <T> List<T> some(Random random, List<T> of, int count) {
        List<T> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(one(random, of));
        }
        return List.copyOf(some);
    }

    private static NamedPolicy policy(PolicyKind kind, List<Rule> rules) {
        String statements = rules.stream().map(PolicyEvaluatorProperties::json).collect(Collectors.joining(","));
        return new NamedPolicy(
                kind.name(),
                PolicyDocument.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}", kind));
    }

    private static String json(Rule rule) {
        StringBuilder json = new StringBuilder("{\"Effect\":\"" + (rule.allow() ? "Allow" : "Deny") + "\"");
        json.append(",\"")
                .append(rule.notAction() ? "NotAction" : "Action")
                .append("\":")
                .append(list(rule.actions()));
        json.append(",\"")
                .append(rule.notResource() ? "NotResource" : "Resource")
                .append("\":")
                .append(list(rule.resources()));
        if (!rule.principals().isEmpty()) {
            json.append(",\"")
                    .append(rule.notPrincipal() ? "NotPrincipal" : "Principal")
                    .append("\":{");
            json.append(
                    rule.principals().stream()
                            .collect(Collectors.groupingBy(PolicyEvaluatorProperties::typeOf))
                            .entrySet()
                            .stream()
                            .map(type -> "\"" + type.getKey() + "\":" + list(type.getValue()))
                            .collect(Collectors.joining(",")));
            json.append('}');
        }
        if (!rule.tests().isEmpty()) {
            json.append(",\"Condition\":{").append(conditions(rule.tests())).append('}');
        }
        return json.append('}').toString();
    }

    private static String conditions(List<Test> tests) {
        return tests.stream()
                .collect(Collectors.groupingBy(
                        test -> test.quantifier() + test.operator() + (test.ifExists() ? "IfExists" : "")))
                .entrySet()
                .stream()
                .map(operator -> "\"" + operator.getKey() + "\":{"
                        + operator.getValue().stream()
                                .map(test -> "\"" + test.key() + "\":" + list(test.values()))
                                .collect(Collectors.joining(","))
                        + "}")
                .collect(Collectors.joining(","));
    }

    private static String typeOf(String name) {
        return switch (name) {
            case "x.amazonaws.com" -> "Service";
            case "idp.example.com" -> "Federated";
            default -> "AWS";
        };
    }

    private static String list(List<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(",", "[", "]"));
    }
}
