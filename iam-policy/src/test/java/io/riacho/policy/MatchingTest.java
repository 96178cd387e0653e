package io.riacho.policy;

import static io.riacho.policy.Requests.ACCOUNT;
import static io.riacho.policy.Requests.USER;
import static io.riacho.policy.Requests.context;
import static io.riacho.policy.Requests.contextOf;
import static io.riacho.policy.Requests.decide;
import static io.riacho.policy.Requests.identity;
import static io.riacho.policy.Requests.request;
import static io.riacho.policy.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which actions and resources a statement is about, and what variables stand for. */
class MatchingTest {

    private static final String OBJECT = "arn:aws:s3:::bucket/";

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource({
        "*, kinesis:PutRecord, true",
        "kinesis:*, kinesis:PutRecord, true",
        "kinesis:*, kinesisanalytics:CreateApplication, false",
        "KINESIS:putrecord, kinesis:PutRecord, true",
        "kinesis:Put*, KINESIS:PUTRECORDS, true",
        "kinesis:PutRecord, kinesis:PutRecords, false",
        "kinesis:PutRecord?, kinesis:PutRecords, true",
        "kinesis:PutRecord?, kinesis:PutRecord, false",
        "kinesis:*Record*, kinesis:GetRecords, true",
        "*:Get*, kinesis:GetRecords, true",
        "iam:*AccessKey*, iam:CreateAccessKey, true",
        "iam:*Report, iam:GenerateCredentialReport, true",
    })
    void actionsMatchInAnyCase(String pattern, String action, boolean expected) {
        String statement = "{'Effect':'Allow','Action':'" + pattern + "','Resource':'*'}";
        String negated = "{'Effect':'Allow','NotAction':'" + pattern + "','Resource':'*'}";

        assertThat(allows(statement, action, "*", ConditionContext.EMPTY)).isEqualTo(expected);
        assertThat(allows(negated, action, "*", ConditionContext.EMPTY)).isNotEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource({
        "*, arn:aws:kinesis:us-east-1:1:stream/a, true",
        "*, *, true",
        "arn:aws:kinesis:us-east-1:1:stream/a, arn:aws:kinesis:us-east-1:1:stream/a, true",
        "arn:aws:kinesis:us-east-1:1:stream/a, arn:aws:kinesis:us-east-1:1:stream/A, false",
        "arn:aws:kinesis:us-east-1:1:stream/a, *, false",
        "arn:aws:kinesis:us-east-1:1:stream/a*, arn:aws:kinesis:us-east-1:1:stream/abc/consumer/c:1, true",
        "arn:aws:kinesis:*:1:stream/a, arn:aws:kinesis:eu-west-1:1:stream/a, true",
        "arn:aws:kinesis:us-?ast-1:1:stream/a, arn:aws:kinesis:us-east-1:1:stream/a, true",
        "arn:aws:kinesis:us-east-?:1:stream/a, arn:aws:kinesis:us-east-:1:stream/a, false",
        "arn:aws:kinesis:*, arn:aws:kinesis:us-east-1:1:stream/a, true",
        "arn:aws:kinesis:*, arn:aws:kinesisanalytics:us-east-1:1:application/a, false",
        "arn:aws:kinesis:us-*, arn:aws:kinesis:us-east-1:1:stream/a, true",
        "arn:aws:logs:*:*:*, arn:aws:logs:us-east-1:1:log-group:a:log-stream:b, true",
        "arn:aws:s3:::*log*, arn:aws:s3:::carlossalazar-logs/a, true",
        "arn:aws:s3:::b/*/test/*, arn:aws:s3:::b/1/2/test/3/object.jpg, true",
        "arn:aws:s3:::b/*/test/*, arn:aws:s3:::b/test/3/object.jpg, false",
        "arn:aws:s3:::b/*.jpg, arn:aws:s3:::b/a:b.jpg, true",
        // A wildcard that ends its part goes on beyond the colon; one within a part does not.
        "arn:aws:k:*:2:x, arn:aws:k:r:1:y:2:x, true",
        "arn:aws:k:r*1:2:x, arn:aws:k:r:1:2:x, false",
        "arn:aws:k:r?1:2:x, arn:aws:k:r:1:2:x, false",
    })
    void resourcesMatchByTheLetter(String pattern, String resource, boolean expected) {
        String statement = "{'Effect':'Allow','Action':'*','Resource':'" + pattern + "'}";
        String negated = "{'Effect':'Allow','Action':'*','NotResource':'" + pattern + "'}";

        assertThat(allows(statement, "a:b", resource, ConditionContext.EMPTY)).isEqualTo(expected);
        assertThat(allows(negated, "a:b", resource, ConditionContext.EMPTY)).isNotEqualTo(expected);
    }

    @Test
    void aVariableStandsForTheRequestsValue() {
        String statement = onObject("${aws:username}/*");

        assertThat(allows(statement, "s3:Get", OBJECT + "carlos/x", context("aws:username", "carlos")))
                .isTrue();
        assertThat(allows(statement, "s3:Get", OBJECT + "carlos/x", context("AWS:UserName", "carlos")))
                .isTrue();
        assertThat(allows(statement, "s3:Get", OBJECT + "carlos/x", context("aws:username", "maria")))
                .isFalse();
    }

    @Test
    void severalVariablesAndTagsAreReplaced() {
        String statement = onObject("${aws:PrincipalTag/team}/${aws:username}-?");

        assertThat(allows(
                        statement,
                        "s3:Get",
                        OBJECT + "blue/carlos-1",
                        context("aws:username", "carlos", "aws:PrincipalTag/team", "blue")))
                .isTrue();
    }

    @Test
    void aVariableWithoutAValueNeverMatches() {
        String statement = onObject("${aws:username}*");

        assertThat(allows(statement, "s3:Get", OBJECT, ConditionContext.EMPTY)).isFalse();
        assertThat(allows(statement, "s3:Get", OBJECT + "${aws:username}", ConditionContext.EMPTY))
                .isFalse();
        assertThat(allows(statement, "s3:Get", OBJECT, contextOf("aws:username")))
                .isFalse();
    }

    @Test
    void aKeyOfSeveralValuesIsNoVariable() {
        assertThat(allows(onObject("${aws:tag}"), "s3:Get", OBJECT + "a", contextOf("aws:tag", "a", "a")))
                .isFalse();
        assertThat(allows(onObject("${aws:tag, `a`}"), "s3:Get", OBJECT + "a", contextOf("aws:tag", "a", "a")))
                .isFalse();
    }

    @Test
    void aVariableMayHaveADefaultValue() {
        String statement = onObject("${aws:userid, `anonymous`}/*");

        assertThat(allows(statement, "s3:Get", OBJECT + "anonymous/x", ConditionContext.EMPTY))
                .isTrue();
        assertThat(allows(statement, "s3:Get", OBJECT + "anonymous/x", context("aws:userid", "me")))
                .isFalse();
        assertThat(allows(statement, "s3:Get", OBJECT + "me/x", context("aws:userid", "me")))
                .isTrue();
        assertThat(allows(onObject("${aws:userid,`{}`}"), "s3:Get", OBJECT + "{}", ConditionContext.EMPTY))
                .isTrue();
    }

    @Test
    void aVariablesValueIsTakenToTheLetter() {
        String statement = onObject("${aws:username}/x");

        assertThat(allows(statement, "s3:Get", OBJECT + "anything/x", context("aws:username", "*")))
                .isFalse();
        assertThat(allows(statement, "s3:Get", OBJECT + "*/x", context("aws:username", "*")))
                .isTrue();
        assertThat(allows(statement, "s3:Get", OBJECT + "b/x", context("aws:username", "${aws:x, 'b'}")))
                .isFalse();
    }

    @Test
    void charactersThatMeanSomethingCanBeWrittenAsVariables() {
        String statement = onObject("${*}-${?}-${$}{aws:username}");

        assertThat(allows(statement, "s3:Get", OBJECT + "*-?-${aws:username}", ConditionContext.EMPTY))
                .isTrue();
        assertThat(allows(statement, "s3:Get", OBJECT + "a-b-${aws:username}", ConditionContext.EMPTY))
                .isFalse();
    }

    @Test
    void theOlderVersionHasNoVariables() {
        NamedPolicy policy = new NamedPolicy(
                "old",
                Requests.document(
                        PolicyKind.IDENTITY,
                        "{'Version':'2008-10-17','Statement':{'Effect':'Allow','Action':'*','Resource':'" + OBJECT
                                + "${aws:username}'}}"));
        PolicySet policies = PolicySet.ofIdentity(List.of(policy));
        ConditionContext carlos = context("aws:username", "carlos");

        assertThat(decide(with(request(USER, "s3:Get", OBJECT + "carlos"), carlos), policies)
                        .isAllowed())
                .isFalse();
        assertThat(decide(with(request(USER, "s3:Get", OBJECT + "${aws:username}"), carlos), policies)
                        .isAllowed())
                .isTrue();
    }

    @ParameterizedTest(name = "{0} {1}: {2} -> {3}")
    @CsvSource({
        "StringEquals, ${aws:username}, carlos, true",
        "StringEquals, ${aws:username}, Carlos, false",
        "StringEqualsIgnoreCase, ${aws:username}, Carlos, true",
        "StringLike, home/${aws:username}/*, home/carlos/x, true",
        "StringEquals, home/${*}, home/*, true",
        "StringLike, home/${*}, home/x, false",
        "ArnLike, arn:aws:iam::1:user/${aws:username}, arn:aws:iam::1:user/carlos, true",
        "ArnLike, arn:aws:iam::1:user/${aws:username}, arn:aws:iam::1:user/maria, false",
        "Bool, ${aws:flag}, true, true",
        "Bool, ${aws:flag}, false, false",
        "StringNotEquals, ${aws:username}, carlos, false",
        "StringNotEquals, ${aws:username}, maria, true",
    })
    void conditionsMayHoldVariables(String operator, String value, String actual, boolean expected) {
        String statement = "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'" + operator + "':{'aws:key':'"
                + value + "'}}}";

        assertThat(allows(
                        statement,
                        "a:b",
                        "*",
                        context("aws:key", actual, "aws:username", "carlos", "aws:flag", "true")))
                .isEqualTo(expected);
    }

    @Test
    void aNegatedElementWithAVariableWithoutAValueDoesNotAllowButDenies() {
        String condition = ",'Condition':{'StringNotEquals':{'aws:ResourceTag/team':'${aws:PrincipalTag/team}'}}}";
        ConditionContext noPrincipalTag = context("aws:ResourceTag/team", "blue");
        String resource = "'Action':'*','Resource':'*'" + condition;
        String notResource = "'Action':'*','NotResource':'" + OBJECT + "${aws:username}'}";

        assertThat(outcome("{'Effect':'Allow'," + resource, "*", noPrincipalTag))
                .isEqualTo(Decision.Outcome.IMPLICIT_DENY);
        assertThat(outcome("{'Effect':'Deny'," + resource, "*", noPrincipalTag))
                .isEqualTo(Decision.Outcome.EXPLICIT_DENY);
        assertThat(outcome("{'Effect':'Allow'," + notResource, OBJECT + "x", noPrincipalTag))
                .isEqualTo(Decision.Outcome.IMPLICIT_DENY);
        assertThat(outcome("{'Effect':'Deny'," + notResource, OBJECT + "x", noPrincipalTag))
                .isEqualTo(Decision.Outcome.EXPLICIT_DENY);
    }

    /** With backquotes for the single quotes of default values. */
    private static String onObject(String path) {
        return "{'Effect':'Allow','Action':'s3:*','Resource':'" + OBJECT + path + "'}";
    }

    private static boolean allows(String statement, String action, String resource, ConditionContext context) {
        NamedPolicy policy = new NamedPolicy(
                "p",
                PolicyDocument.parse(
                        Requests.json("{'Version':'2012-10-17','Statement':[" + statement + "]}")
                                .replace('`', '\''),
                        PolicyKind.IDENTITY));
        AuthorizationRequest request = new AuthorizationRequest(USER, action, resource, ACCOUNT, context);
        return decide(request, PolicySet.ofIdentity(List.of(policy))).isAllowed();
    }

    private static Decision.Outcome outcome(String statement, String resource, ConditionContext context) {
        AuthorizationRequest request = new AuthorizationRequest(USER, "s3:Get", resource, ACCOUNT, context);
        return decide(request, PolicySet.ofIdentity(List.of(identity(statement))))
                .outcome();
    }
}
