package io.riacho.policy;

import static io.riacho.policy.Requests.ACCOUNT;
import static io.riacho.policy.Requests.USER;
import static io.riacho.policy.Requests.allowAll;
import static io.riacho.policy.Requests.allowNothing;
import static io.riacho.policy.Requests.allowTo;
import static io.riacho.policy.Requests.contextOf;
import static io.riacho.policy.Requests.putRecord;
import static io.riacho.policy.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.policy.Explanation.Mismatch;
import io.riacho.policy.Explanation.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final NamedPolicy POLICY = new NamedPolicy("mine", PolicyDocument.parse("""
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Sid": "Other", "Effect": "Allow", "Action": "kinesis:Get*", "Resource": "*"},
                {"Effect": "Allow", "Action": "kinesis:*", "Resource": "arn:aws:kinesis:*:*:stream/${aws:username}"},
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                  "Bool": {"aws:SecureTransport": "true"},
                  "ForAnyValue:StringLike": {"aws:TagKeys": ["a*", "b"]}}},
                {
                  "Effect": "Allow",
                  "Action": "kinesis:PutRecord",
                  "Resource": "*"
                }
              ]
            }
            """, PolicyKind.IDENTITY));

    private static Explanation explain(ConditionContext context, PolicySet policies) {
        return new PolicyEvaluator().explain(with(putRecord(USER), context), policies);
    }

    @Test
    void eachStatementSaysWhyItDoesNotMatch() {
        ConditionContext context = key -> switch (key) {
            case "aws:securetransport" -> List.of("true");
            case "aws:tagkeys" -> List.of("c", "d");
            default -> null;
        };

        Explanation explanation = explain(context, PolicySet.ofIdentity(List.of(POLICY)));

        assertThat(explanation.policies()).singleElement().satisfies(policy -> {
            assertThat(policy.name()).isEqualTo("mine");
            assertThat(policy.kind()).isEqualTo(PolicyKind.IDENTITY);
            assertThat(policy.verdict()).isEqualTo(Verdict.ALLOW);
            assertThat(policy.statements())
                    .extracting(Explanation.StatementExplanation::mismatch)
                    .containsExactly(
                            new Mismatch.Action(),
                            new Mismatch.Resource(),
                            new Mismatch.Condition(
                                    "ForAnyValue:StringLike", "aws:TagKeys", List.of("a*", "b"), List.of("c", "d")),
                            null);
            assertThat(policy.statements())
                    .extracting(Explanation.StatementExplanation::sid)
                    .containsExactly("Other", null, null, null);
            assertThat(policy.statements())
                    .extracting(Explanation.StatementExplanation::index)
                    .containsExactly(0, 1, 2, 3);
            assertThat(policy.statements().getLast().matched()).isTrue();
        });
        assertThat(explanation.decision().statement()).isEqualTo(3);
    }

    @Test
    void anAbsentKeyIsToldFromAnEmptyOne() {
        Explanation absent = explain(ConditionContext.EMPTY, PolicySet.ofIdentity(List.of(POLICY)));
        Explanation empty = explain(contextOf("aws:securetransport"), PolicySet.ofIdentity(List.of(POLICY)));

        assertThat(absent.policies().getFirst().statements().get(2).mismatch())
                .isEqualTo(new Mismatch.Condition("Bool", "aws:SecureTransport", List.of("true"), null));
        assertThat(empty.policies().getFirst().statements().get(2).mismatch())
                .isEqualTo(new Mismatch.Condition("Bool", "aws:SecureTransport", List.of("true"), List.of()));
    }

    @Test
    void aStatementSaysWhereItStands() {
        List<Explanation.StatementExplanation> statements = explain(
                        ConditionContext.EMPTY, PolicySet.ofIdentity(List.of(POLICY)))
                .policies()
                .getFirst()
                .statements();

        assertThat(statements.getFirst().start()).isEqualTo(new SourcePosition(4, 5));
        assertThat(statements.getFirst().end()).isEqualTo(new SourcePosition(4, 83));
        assertThat(statements.getLast().start()).isEqualTo(new SourcePosition(9, 5));
        assertThat(statements.getLast().end()).isEqualTo(new SourcePosition(13, 6));
    }

    @Test
    void theKeysThatTheRequestLacksAreNamed() {
        assertThat(explain(contextOf("aws:tagkeys"), PolicySet.ofIdentity(List.of(POLICY)))
                        .missingContextKeys())
                .containsExactlyInAnyOrder("aws:username", "aws:SecureTransport");
    }

    @Test
    void everyKindHasAVerdict() {
        NamedPolicy denies = Requests.policy(PolicyKind.SESSION, "{'Effect':'Deny','Action':'*','Resource':'*'}");
        Explanation explanation = explain(
                ConditionContext.EMPTY,
                PolicySet.ofIdentity(List.of(allowNothing(PolicyKind.IDENTITY), allowAll(PolicyKind.IDENTITY)))
                        .withBoundary(List.of(allowNothing(PolicyKind.BOUNDARY)))
                        .withSession(List.of(allowAll(PolicyKind.SESSION), denies, allowAll(PolicyKind.SESSION)))
                        .withResource(allowTo("{'AWS':'" + ACCOUNT + "'}")));

        assertThat(explanation.verdict(PolicyKind.IDENTITY)).isEqualTo(Verdict.ALLOW);
        assertThat(explanation.verdict(PolicyKind.BOUNDARY)).isEqualTo(Verdict.NONE);
        assertThat(explanation.verdict(PolicyKind.SESSION)).isEqualTo(Verdict.DENY);
        assertThat(explanation.verdict(PolicyKind.RESOURCE)).isEqualTo(Verdict.ALLOW);
        assertThat(explanation.verdict(PolicyKind.ENDPOINT)).isNull();
        assertThat(explanation.verdict(PolicyKind.TRUST)).isNull();
        assertThat(explanation.policies())
                .extracting(Explanation.PolicyExplanation::kind)
                .containsExactly(
                        PolicyKind.IDENTITY,
                        PolicyKind.IDENTITY,
                        PolicyKind.BOUNDARY,
                        PolicyKind.SESSION,
                        PolicyKind.SESSION,
                        PolicyKind.SESSION,
                        PolicyKind.RESOURCE);
    }

    @Test
    void aKindThatAppliesWithoutPoliciesHasTheVerdictThatItDoesNotAllow() {
        Explanation explanation = explain(
                ConditionContext.EMPTY, PolicySet.NONE.withBoundary(List.of()).withSession(List.of()));

        assertThat(explanation.verdict(PolicyKind.IDENTITY)).isEqualTo(Verdict.NONE);
        assertThat(explanation.verdict(PolicyKind.BOUNDARY)).isEqualTo(Verdict.NONE);
        assertThat(explanation.verdict(PolicyKind.SESSION)).isEqualTo(Verdict.NONE);
        assertThat(explanation.verdict(PolicyKind.RESOURCE)).isNull();
    }

    @Test
    void aPrincipalThatIsNotNamedIsAReason() {
        Explanation explanation = explain(
                ConditionContext.EMPTY, PolicySet.NONE.withResource(allowTo("{'Service':'ecs.amazonaws.com'}")));

        assertThat(explanation.policies().getFirst().statements().getFirst().mismatch())
                .isEqualTo(new Mismatch.Principal());
    }
}
