package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.ACCOUNT;
import static io.riacho.auth.token.TokenServer.allow;
import static io.riacho.auth.token.TokenServer.policy;
import static io.riacho.auth.token.TokenServer.roleArn;
import static io.riacho.auth.token.TokenServer.trustUser;
import static io.riacho.auth.token.TokenServer.userArn;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;

/** Sessions that want to be more than they are. */
class SessionAttacksTest {

    private static final String ALLOW_ALL = policy(allow("*", "*"));
    private static final String DENIED = "AccessDenied";
    private static final String NOT_KNOWN = "InvalidClientTokenId";

    private final TokenServer server = TokenServer.shared();

    private Credentials assume(AwsCredentials key, String role, Consumer<AssumeRoleRequest.Builder> more) {
        return server.sts(key)
                .assumeRole(r -> {
                    r.roleArn(roleArn(role)).roleSessionName("session");
                    more.accept(r);
                })
                .credentials();
    }

    /** The error's code; empty where there is none. */
    private static String answer(Supplier<?> call) {
        try {
            var _ = call.get();
            return "";
        } catch (AwsServiceException e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    private String getUser(Credentials session, String user) {
        return answer(() -> server.iam(TokenServer.session(session)).getUser(r -> r.userName(user)));
    }

    private String createUser(Credentials session) {
        return answer(() ->
                server.iam(TokenServer.session(session)).createUser(r -> r.userName(TokenServer.newName("made"))));
    }

    private String whoAmI(AwsCredentials credentials) {
        return answer(() -> server.sts(credentials).getCallerIdentity());
    }

    @Test
    void aSessionPolicyThatAllowsEverythingGivesNothingThatTheRoleHasNot() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user), allow("iam:GetUser", "*"));
        Credentials session = assume(server.keyOf(user), role, r -> r.policy(ALLOW_ALL));
        assertThat(getUser(session, user)).isEmpty();
        assertThat(createUser(session)).isEqualTo(DENIED);
    }

    @Test
    void aManagedSessionPolicyGivesNothingThatTheRoleHasNot() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user), allow("iam:GetUser", "*"));
        String all = server.iam()
                .createPolicy(r -> r.policyName(TokenServer.newName("policy")).policyDocument(ALLOW_ALL))
                .policy()
                .arn();
        Credentials session = assume(
                server.keyOf(user),
                role,
                r -> r.policyArns(PolicyDescriptorType.builder().arn(all).build()));
        assertThat(getUser(session, user)).isEmpty();
        assertThat(createUser(session)).isEqualTo(DENIED);

        server.iam().deletePolicy(r -> r.policyArn(all));
        assertThat(getUser(session, user)).isEqualTo(DENIED);
    }

    @Test
    void theRolesBoundaryHoldsWhateverTheSessionPolicySays() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user), allow("*", "*"));
        String boundary = server.iam()
                .createPolicy(r ->
                        r.policyName(TokenServer.newName("policy")).policyDocument(policy(allow("iam:GetUser", "*"))))
                .policy()
                .arn();
        server.iam().putRolePermissionsBoundary(r -> r.roleName(role).permissionsBoundary(boundary));
        Credentials session = assume(server.keyOf(user), role, r -> r.policy(ALLOW_ALL));
        assertThat(getUser(session, user)).isEmpty();
        assertThat(createUser(session)).isEqualTo(DENIED);
    }

    @Test
    void aNarrowedSessionDoesNotGetRidOfItsPolicyByAssumingTheRoleAgain() {
        String user = server.newUser();
        String role = TokenServer.newName("role");
        String trust =
                "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + ACCOUNT + "\"},\"Action\":\"sts:AssumeRole\"}";
        server.iam().createRole(r -> r.roleName(role).assumeRolePolicyDocument(policy(trust)));
        server.iam().putRolePolicy(r -> r.roleName(role).policyName("own").policyDocument(ALLOW_ALL));
        server.iam()
                .putUserPolicy(
                        r -> r.userName(user).policyName("own").policyDocument(policy(allow("sts:AssumeRole", "*"))));
        Credentials narrowed = assume(server.keyOf(user), role, r -> r.policy(policy(allow("iam:GetUser", "*"))));
        assertThat(getUser(narrowed, user)).isEmpty();
        assertThat(answer(() -> assume(TokenServer.session(narrowed), role, r -> {})))
                .isEqualTo(DENIED);
        assertThat(answer(() -> server.sts(narrowed).getSessionToken())).isEqualTo(DENIED);
        assertThat(answer(() -> server.sts(narrowed)
                        .getFederationToken(r -> r.name("guest").policy(ALLOW_ALL))))
                .isEqualTo(DENIED);
    }

    @Test
    void aFederatedUserIsNoMoreThanItsUserAndAssumesNoRole() {
        String user = server.newUser(allow("sts:*", "*"), allow("kms:ListKeys", "*"));
        String role = server.newRole(
                "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + ACCOUNT + "\"},\"Action\":\"sts:AssumeRole\"}");
        Credentials federated = server.sts(server.keyOf(user))
                .getFederationToken(r -> r.name("guest").policy(ALLOW_ALL))
                .credentials();
        assertThat(whoAmI(TokenServer.session(federated))).isEmpty();
        assertThat(answer(() -> assume(server.keyOf(user), role, r -> {}))).isEmpty();
        assertThat(answer(() -> assume(TokenServer.session(federated), role, r -> {})))
                .isEqualTo(DENIED);
        assertThat(createUser(federated)).isEqualTo(NOT_KNOWN);

        server.iam().deleteUserPolicy(r -> r.userName(user).policyName("own"));
        assertThat(answer(() -> server.sts(federated).getAccessKeyInfo(r -> r.accessKeyId("AKIA2222222222222222"))))
                .isEqualTo(DENIED);
    }

    @Test
    void aRoleIsAssumedByItsWholeName() {
        String user = server.newUser();
        String role = TokenServer.newName("role");
        server.iam().createRole(r -> r.roleName(role).path("/app/").assumeRolePolicyDocument(policy(trustUser(user))));
        AwsCredentials key = server.keyOf(user);
        assertThat(answer(() -> assume(key, "app/" + role, r -> {}))).isEmpty();
        assertThat(answer(() -> assume(key, role, r -> {}))).isEqualTo(DENIED);
        assertThat(answer(() -> assume(key, "other/" + role, r -> {}))).isEqualTo(DENIED);
    }

    @Test
    void aSessionPolicyIsCheckedBeforeTheSessionBegins() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user));
        AwsCredentials key = server.keyOf(user);
        for (String bad : new String[] {
            "not json",
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Permit\",\"Action\":\"*\",\"Resource\":\"*\"}]}"
        }) {
            assertThat(answer(() -> assume(key, role, r -> r.policy(bad)))).isEqualTo("MalformedPolicyDocument");
        }
        assertThat(answer(() -> assume(
                        key,
                        role,
                        r -> r.policyArns(PolicyDescriptorType.builder()
                                .arn("arn:aws:iam::" + ACCOUNT + ":policy/nothing")
                                .build()))))
                .isEqualTo("ValidationError");
    }

    @Test
    void aSessionLastsNoLongerThanItsRoleAllows() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user));
        AwsCredentials key = server.keyOf(user);
        assertThat(answer(() -> assume(key, role, r -> r.durationSeconds(3601))))
                .isEqualTo("ValidationError");
        assertThat(answer(() -> assume(key, role, r -> r.durationSeconds(899)))).isEqualTo("ValidationError");
        assertThat(answer(() -> assume(key, role, r -> r.durationSeconds(3600))))
                .isEmpty();
    }

    @Test
    void whoMayNotTagASessionDoesNotBecomeSomebodyByItsTags() {
        String user = server.newUser();
        String role = server.newRole(
                "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + userArn(user)
                        + "\"},\"Action\":\"sts:AssumeRole\"}",
                "{\"Effect\":\"Allow\",\"Action\":\"iam:GetUser\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":"
                        + "{\"aws:PrincipalTag/admin\":\"yes\"}}}");
        AwsCredentials key = server.keyOf(user);
        assertThat(answer(() ->
                        assume(key, role, r -> r.tags(t -> t.key("admin").value("yes")))))
                .isEqualTo(DENIED);
        assertThat(answer(() -> assume(key, role, r -> r.sourceIdentity("admin"))))
                .isEqualTo(DENIED);
        assertThat(getUser(assume(key, role, r -> {}), user)).isEqualTo(DENIED);
    }

    @Test
    void aDeputyIsNotConfusedByAnotherCustomersId() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user, "{\"StringEquals\":{\"sts:ExternalId\":\"customer-1\"}}"));
        AwsCredentials key = server.keyOf(user);
        assertThat(answer(() -> assume(key, role, r -> {}))).isEqualTo(DENIED);
        for (String wrong : new String[] {"customer-2", "customer-11", "customer-", "CUSTOMER-1"}) {
            assertThat(answer(() -> assume(key, role, r -> r.externalId(wrong))))
                    .as(wrong)
                    .isEqualTo(DENIED);
        }
        assertThat(answer(() -> assume(key, role, r -> r.externalId("")))).isEqualTo("ValidationError");
        assertThat(answer(() -> assume(key, role, r -> r.externalId("customer-1"))))
                .isEmpty();
    }

    @Test
    void aDeputysOwnRightsDoNotStandForTheExternalId() {
        String user = server.newUser(allow("*", "*"));
        String role = server.newRole(trustUser(user, "{\"StringEquals\":{\"sts:ExternalId\":\"customer-1\"}}"));
        assertThat(answer(() -> assume(server.keyOf(user), role, r -> r.externalId("customer-2"))))
                .isEqualTo(DENIED);
    }

    @Test
    void aTokenIsOfNoUseWithAnotherAccessKeyOrSecret() {
        String user = server.newUser();
        AwsCredentials key = server.keyOf(user);
        AwsCredentials other = server.keyOf(server.newUser());
        Credentials session = server.sts(key).getSessionToken().credentials();
        assertThat(whoAmI(TokenServer.session(session))).isEmpty();
        assertThat(whoAmI(
                        AwsSessionCredentials.create(key.accessKeyId(), key.secretAccessKey(), session.sessionToken())))
                .isEqualTo(NOT_KNOWN);
        assertThat(whoAmI(AwsSessionCredentials.create(
                        other.accessKeyId(), other.secretAccessKey(), session.sessionToken())))
                .isEqualTo(NOT_KNOWN);
        assertThat(whoAmI(AwsSessionCredentials.create(
                        session.accessKeyId(), key.secretAccessKey(), session.sessionToken())))
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(whoAmI(AwsBasicCredentials.create(session.accessKeyId(), session.secretAccessKey())))
                .isEqualTo(NOT_KNOWN);
    }

    @Test
    void aSessionOfADeactivatedKeyIsOver() {
        String user = server.newUser();
        AwsCredentials key = server.keyOf(user);
        Credentials session = server.sts(key).getSessionToken().credentials();
        assertThat(whoAmI(TokenServer.session(session))).isEmpty();
        server.iam()
                .updateAccessKey(
                        r -> r.userName(user).accessKeyId(key.accessKeyId()).status("Inactive"));
        assertThat(whoAmI(TokenServer.session(session))).isEqualTo(NOT_KNOWN);
    }

    @Test
    void aRevokedUsersSessionsAndTheirChildrenAreOver() {
        String user = server.newUser();
        Credentials session = server.sts(server.keyOf(user)).getSessionToken().credentials();
        assertThat(server.rest("POST", "/v1/session-revocations", "{\"principalArn\":\"" + userArn(user) + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(whoAmI(TokenServer.session(session))).isEqualTo(NOT_KNOWN);
        Credentials next = server.sts(server.keyOf(user)).getSessionToken().credentials();
        assertThat(whoAmI(TokenServer.session(next))).isEmpty();
    }

    @Test
    void nobodyRevokesWithoutPermission() {
        String user = server.newUser();
        AwsCredentials key = server.keyOf(server.newUser());
        assertThat(server.restAs(key, "POST", "/v1/session-revocations", "{\"principalArn\":\"" + userArn(user) + "\"}")
                        .statusCode())
                .isEqualTo(403);
    }
}
