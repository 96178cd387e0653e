package io.riacho.policy;

import static io.riacho.policy.Requests.ACCOUNT;
import static io.riacho.policy.Requests.USER;
import static io.riacho.policy.Requests.allowAll;
import static io.riacho.policy.Requests.context;
import static io.riacho.policy.Requests.contextOf;
import static io.riacho.policy.Requests.decide;
import static io.riacho.policy.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Situations that IAM's user guide describes, with policies of their form. */
class IamExamplesTest {

    private static final Decision.Outcome ALLOWED = Decision.Outcome.ALLOWED;
    private static final Decision.Outcome EXPLICIT = Decision.Outcome.EXPLICIT_DENY;
    private static final Decision.Outcome IMPLICIT = Decision.Outcome.IMPLICIT_DENY;

    private static NamedPolicy policy(PolicyKind kind, String withSingleQuotes) {
        return new NamedPolicy("example", PolicyDocument.parse(json(withSingleQuotes), kind));
    }

    private static Decision.Outcome outcome(
            PolicySet policies, String action, String resource, ConditionContext context) {
        return decide(new AuthorizationRequest(USER, action, resource, ACCOUNT, context), policies)
                .outcome();
    }

    private static Decision.Outcome outcome(PolicySet policies, String action, String resource) {
        return outcome(policies, action, resource, ConditionContext.EMPTY);
    }

    /** "Policy evaluation for requests within a single account": Carlos and his buckets. */
    @Test
    void carlosMaySaveToHisBucketAndNotToTheLogs() {
        NamedPolicy identity = policy(PolicyKind.IDENTITY, """
                {'Version':'2012-10-17','Statement':[
                  {'Sid':'List','Effect':'Allow',
                   'Action':['s3:GetBucketLocation','s3:ListAllMyBuckets'],'Resource':'arn:aws:s3:::*'},
                  {'Sid':'Self','Effect':'Allow','Action':'s3:*',
                   'Resource':['arn:aws:s3:::carlossalazar/*','arn:aws:s3:::carlossalazar']},
                  {'Sid':'Logs','Effect':'Deny','Action':'s3:*','Resource':'arn:aws:s3:::*log*'}]}
                """);
        NamedPolicy bucket = policy(PolicyKind.RESOURCE, """
                {'Version':'2012-10-17','Statement':[
                  {'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:user/carlos'},'Action':'s3:*',
                   'Resource':['arn:aws:s3:::carlossalazar/*','arn:aws:s3:::carlossalazar']}]}
                """);
        PolicySet policies = PolicySet.ofIdentity(List.of(identity)).withResource(bucket);

        assertThat(outcome(policies, "s3:PutObject", "arn:aws:s3:::carlossalazar-logs/a"))
                .isEqualTo(EXPLICIT);
        assertThat(outcome(policies, "s3:PutObject", "arn:aws:s3:::carlossalazar/a"))
                .isEqualTo(ALLOWED);
        assertThat(outcome(PolicySet.NONE.withResource(bucket), "s3:PutObject", "arn:aws:s3:::carlossalazar/a"))
                .isEqualTo(ALLOWED);
        assertThat(outcome(policies, "s3:PutObject", "arn:aws:s3:::other/a")).isEqualTo(IMPLICIT);
        assertThat(outcome(policies, "s3:ListAllMyBuckets", "arn:aws:s3:::x")).isEqualTo(ALLOWED);
    }

    /** "The difference between explicit and implicit denies". */
    @Test
    void reportsAreDeniedThoughTheyAreGotAndListed() {
        PolicySet policies = PolicySet.ofIdentity(List.of(policy(PolicyKind.IDENTITY, """
                {'Version':'2012-10-17','Statement':[
                  {'Effect':'Allow','Action':['iam:Get*','iam:List*'],'Resource':'*'},
                  {'Effect':'Deny','Action':'iam:*Report','Resource':'*'}]}
                """)));

        assertThat(outcome(policies, "iam:GetUser", "*")).isEqualTo(ALLOWED);
        assertThat(outcome(policies, "iam:CreatePolicy", "*")).isEqualTo(IMPLICIT);
        assertThat(outcome(policies, "iam:GetOrganizationsAccessReport", "*")).isEqualTo(EXPLICIT);
    }

    /** "Permissions boundaries for IAM entities": Shirley may not create users whatever her policies say. */
    @Test
    void aBoundaryKeepsShirleyFromIam() {
        NamedPolicy boundary = policy(PolicyKind.BOUNDARY, """
                {'Version':'2012-10-17','Statement':[
                  {'Effect':'Allow','Action':['s3:*','cloudwatch:*','ec2:*'],'Resource':'*'}]}
                """);
        NamedPolicy identity = policy(PolicyKind.IDENTITY, """
                {'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'iam:CreateUser','Resource':'*'}}
                """);
        PolicySet policies = PolicySet.ofIdentity(List.of(identity)).withBoundary(List.of(boundary));

        assertThat(outcome(policies, "iam:CreateUser", "*")).isEqualTo(IMPLICIT);
        assertThat(outcome(policies, "s3:ListAllMyBuckets", "*")).isEqualTo(IMPLICIT);
        assertThat(outcome(
                        PolicySet.ofIdentity(List.of(identity, allowAll(PolicyKind.IDENTITY)))
                                .withBoundary(List.of(boundary)),
                        "s3:ListAllMyBuckets",
                        "*"))
                .isEqualTo(ALLOWED);
    }

    /** "Delegating responsibility using permissions boundaries": Zhang creates users only with their boundary. */
    @Test
    void zhangCreatesUsersOnlyWithTheCompanysBoundary() {
        NamedPolicy boundary = policy(PolicyKind.BOUNDARY, """
                {'Version':'2012-10-17','Statement':[
                  {'Effect':'Allow','Action':['iam:CreateUser','iam:PutUserPermissionsBoundary'],'Resource':'*',
                   'Condition':{'StringEquals':
                     {'iam:PermissionsBoundary':'arn:aws:iam::111122223333:policy/XCompanyBoundaries'}}},
                  {'Effect':'Allow','Action':['cloudwatch:*','iam:DeletePolicy'],'Resource':'*'},
                  {'Effect':'Deny','Action':'iam:DeletePolicy',
                   'Resource':'arn:aws:iam::111122223333:policy/XCompanyBoundaries'}]}
                """);
        PolicySet policies =
                PolicySet.ofIdentity(List.of(allowAll(PolicyKind.IDENTITY))).withBoundary(List.of(boundary));
        String user = "arn:aws:iam::111122223333:user/new";

        assertThat(outcome(policies, "iam:CreateUser", user)).isEqualTo(IMPLICIT);
        assertThat(outcome(policies, "iam:CreateUser", user, context("iam:PermissionsBoundary", "other")))
                .isEqualTo(IMPLICIT);
        assertThat(outcome(
                        policies,
                        "iam:CreateUser",
                        user,
                        context("iam:PermissionsBoundary", "arn:aws:iam::111122223333:policy/XCompanyBoundaries")))
                .isEqualTo(ALLOWED);
        assertThat(outcome(policies, "iam:DeletePolicy", "arn:aws:iam::111122223333:policy/XCompanyBoundaries"))
                .isEqualTo(EXPLICIT);
        assertThat(outcome(policies, "iam:DeletePolicy", "arn:aws:iam::111122223333:policy/other"))
                .isEqualTo(ALLOWED);
    }

    /** "Policy variables": each user has a home. */
    @Test
    void eachUserHasAHomeOfItsOwn() {
        PolicySet policies = PolicySet.ofIdentity(List.of(policy(PolicyKind.IDENTITY, """
                {'Version':'2012-10-17','Statement':[
                  {'Action':['s3:ListBucket'],'Effect':'Allow','Resource':['arn:aws:s3:::mybucket'],
                   'Condition':{'StringLike':{'s3:prefix':['','home/','home/${aws:username}/*']}}},
                  {'Action':['s3:GetObject','s3:PutObject'],'Effect':'Allow',
                   'Resource':['arn:aws:s3:::mybucket/home/${aws:username}/*']}]}
                """)));

        assertThat(outcome(
                        policies,
                        "s3:GetObject",
                        "arn:aws:s3:::mybucket/home/carlos/a/b",
                        context("aws:username", "carlos")))
                .isEqualTo(ALLOWED);
        assertThat(outcome(
                        policies,
                        "s3:GetObject",
                        "arn:aws:s3:::mybucket/home/maria/a",
                        context("aws:username", "carlos")))
                .isEqualTo(IMPLICIT);
        assertThat(outcome(
                        policies,
                        "s3:ListBucket",
                        "arn:aws:s3:::mybucket",
                        context("aws:username", "carlos", "s3:prefix", "home/carlos/2020")))
                .isEqualTo(ALLOWED);
        assertThat(outcome(
                        policies,
                        "s3:ListBucket",
                        "arn:aws:s3:::mybucket",
                        context("aws:username", "carlos", "s3:prefix", "home/maria/")))
                .isEqualTo(IMPLICIT);
        assertThat(outcome(policies, "s3:ListBucket", "arn:aws:s3:::mybucket", context("s3:prefix", "home/")))
                .isEqualTo(ALLOWED);
    }

    /** "…IfExists condition operators": instances of some types, and what comes with them. */
    @Test
    void instancesOfSomeTypesMayBeRunAndWhatHasNoType() {
        PolicySet policies = PolicySet.ofIdentity(List.of(policy(PolicyKind.IDENTITY, """
                {'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'ec2:RunInstances','Resource':'*',
                  'Condition':{'StringLikeIfExists':{'ec2:InstanceType':['t1.*','t2.*','m3.*']}}}}
                """)));
        String instance = "arn:aws:ec2:us-east-1:111122223333:instance/i";

        assertThat(outcome(policies, "ec2:RunInstances", instance, context("ec2:InstanceType", "t2.micro")))
                .isEqualTo(ALLOWED);
        assertThat(outcome(policies, "ec2:RunInstances", instance, context("ec2:InstanceType", "c5.large")))
                .isEqualTo(IMPLICIT);
        assertThat(outcome(policies, "ec2:RunInstances", "arn:aws:ec2:us-east-1::image/ami"))
                .isEqualTo(ALLOWED);
    }

    /** "Condition operator to check existence of condition keys": no temporary credentials. */
    @Test
    void temporaryCredentialsAreOfNoUse() {
        PolicySet policies = PolicySet.ofIdentity(List.of(policy(PolicyKind.IDENTITY, """
                {'Version':'2012-10-17','Statement':{'Action':'ec2:*','Effect':'Allow','Resource':'*',
                  'Condition':{'Null':{'aws:TokenIssueTime':'true'}}}}
                """)));

        assertThat(outcome(policies, "ec2:Run", "*")).isEqualTo(ALLOWED);
        assertThat(outcome(policies, "ec2:Run", "*", context("aws:TokenIssueTime", "2026-01-01T00:00:00Z")))
                .isEqualTo(IMPLICIT);
    }

    /** "Boolean condition operators": nothing without TLS. */
    @Test
    void nothingGoesInClear() {
        PolicySet policies =
                PolicySet.ofIdentity(List.of(allowAll(PolicyKind.IDENTITY), policy(PolicyKind.IDENTITY, """
                {'Version':'2012-10-17','Statement':{'Action':'s3:*','Effect':'Deny',
                  'Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*'],
                  'Condition':{'Bool':{'aws:SecureTransport':'false'}}}}
                """)));

        assertThat(outcome(policies, "s3:Get", "arn:aws:s3:::b/x", context("aws:SecureTransport", "false")))
                .isEqualTo(EXPLICIT);
        assertThat(outcome(policies, "s3:Get", "arn:aws:s3:::b/x", context("aws:SecureTransport", "true")))
                .isEqualTo(ALLOWED);
    }

    /** "JSON policy elements: NotResource" and "NotAction" with Deny. */
    @Test
    void allButSomeMayBeDenied() {
        PolicySet policies =
                PolicySet.ofIdentity(List.of(allowAll(PolicyKind.IDENTITY), policy(PolicyKind.IDENTITY, """
                {'Version':'2012-10-17','Statement':[
                  {'Effect':'Deny','Action':'s3:*',
                   'NotResource':['arn:aws:s3:::HRBucket/Payroll','arn:aws:s3:::HRBucket/Payroll/*']},
                  {'Effect':'Deny','NotAction':['s3:*','iam:*'],'Resource':'*',
                   'Condition':{'BoolIfExists':{'aws:MultiFactorAuthPresent':'false'}}}]}
                """)));

        assertThat(outcome(policies, "s3:Get", "arn:aws:s3:::HRBucket/Payroll/x"))
                .isEqualTo(ALLOWED);
        assertThat(outcome(policies, "s3:Get", "arn:aws:s3:::HRBucket/Other")).isEqualTo(EXPLICIT);
        assertThat(outcome(policies, "iam:GetUser", "*")).isEqualTo(ALLOWED);
        assertThat(outcome(policies, "ec2:Run", "*")).isEqualTo(EXPLICIT);
        assertThat(outcome(policies, "ec2:Run", "*", context("aws:MultiFactorAuthPresent", "true")))
                .isEqualTo(ALLOWED);
    }

    /** "ARN condition operators": SNS may send to a queue for one topic. */
    @Test
    void aTopicMaySendToAQueue() {
        PolicySet policies = PolicySet.NONE.withResource(policy(PolicyKind.RESOURCE, """
                {'Version':'2012-10-17','Statement':{'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'},
                  'Action':'SQS:SendMessage','Resource':'arn:aws:sqs:us-east-1:111122223333:queue',
                  'Condition':{'ArnEquals':{'aws:SourceArn':'arn:aws:sns:us-east-1:111122223333:topic'}}}}
                """));
        AuthorizationRequest request = new AuthorizationRequest(
                Principal.service("sns.amazonaws.com"),
                "sqs:SendMessage",
                "arn:aws:sqs:us-east-1:111122223333:queue",
                ACCOUNT,
                context("aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:topic"));

        assertThat(decide(request, policies).outcome()).isEqualTo(ALLOWED);
        assertThat(decide(
                                Requests.with(
                                        request, context("aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:other")),
                                policies)
                        .outcome())
                .isEqualTo(IMPLICIT);
        assertThat(decide(Requests.with(request, ConditionContext.EMPTY), policies)
                        .outcome())
                .isEqualTo(IMPLICIT);
    }

    /** "Principal": a denial to all but one, in place of NotPrincipal. */
    @Test
    void allButOnePrincipalMayBeDenied() {
        PolicySet policies = PolicySet.ofIdentity(List.of(allowAll(PolicyKind.IDENTITY)))
                .withResource(policy(PolicyKind.RESOURCE, """
                        {'Version':'2012-10-17','Statement':[{'Effect':'Deny','Action':'s3:*','Principal':'*',
                          'Resource':['arn:aws:s3:::b/*','arn:aws:s3:::b'],
                          'Condition':{'ArnNotEquals':
                            {'aws:PrincipalArn':'arn:aws:iam::444455556666:user/user-name'}}}]}
                        """));

        assertThat(outcome(
                        policies,
                        "s3:Get",
                        "arn:aws:s3:::b/x",
                        context("aws:PrincipalArn", "arn:aws:iam::444455556666:user/user-name")))
                .isEqualTo(ALLOWED);
        assertThat(outcome(policies, "s3:Get", "arn:aws:s3:::b/x", context("aws:PrincipalArn", USER.arn())))
                .isEqualTo(EXPLICIT);
        assertThat(outcome(policies, "s3:Get", "arn:aws:s3:::b/x")).isEqualTo(EXPLICIT);
    }

    /** "Multivalued context keys": tags of some keys only, and some tags at least. */
    @Test
    void onlySomeTagKeysMayBeUsed() {
        PolicySet policies = PolicySet.ofIdentity(List.of(policy(PolicyKind.IDENTITY, """
                {'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'kinesis:TagResource','Resource':'*',
                  'Condition':{'ForAllValues:StringEquals':{'aws:TagKeys':['environment','cost-center']},
                               'Null':{'aws:TagKeys':'false'}}}}
                """)));

        assertThat(outcome(policies, "kinesis:TagResource", "*", contextOf("aws:TagKeys", "environment")))
                .isEqualTo(ALLOWED);
        assertThat(outcome(
                        policies, "kinesis:TagResource", "*", contextOf("aws:TagKeys", "environment", "cost-center")))
                .isEqualTo(ALLOWED);
        assertThat(outcome(policies, "kinesis:TagResource", "*", contextOf("aws:TagKeys", "environment", "owner")))
                .isEqualTo(IMPLICIT);
        assertThat(outcome(policies, "kinesis:TagResource", "*")).isEqualTo(IMPLICIT);
        assertThat(outcome(policies, "kinesis:TagResource", "*", contextOf("aws:TagKeys")))
                .isEqualTo(IMPLICIT);
    }

    /** "Date condition operators": a statement with a time to live. */
    @Test
    void aStatementMayHoldForATimeOnly() {
        PolicySet policies = PolicySet.ofIdentity(List.of(policy(PolicyKind.IDENTITY, """
                {'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{
                  'DateGreaterThan':{'aws:CurrentTime':'2017-07-01T00:00:00Z'},
                  'DateLessThan':{'aws:CurrentTime':'2017-12-31T23:59:59Z'}}}}
                """)));

        assertThat(outcome(policies, "a:b", "*", context("aws:CurrentTime", "2017-10-01T12:00:00.123Z")))
                .isEqualTo(ALLOWED);
        assertThat(outcome(policies, "a:b", "*", context("aws:CurrentTime", "2018-10-01T12:00:00Z")))
                .isEqualTo(IMPLICIT);
        assertThat(outcome(policies, "a:b", "*", context("aws:CurrentTime", "2016-10-01T12:00:00Z")))
                .isEqualTo(IMPLICIT);
    }
}
