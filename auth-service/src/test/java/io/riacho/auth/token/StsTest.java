package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.ACCOUNT;
import static io.riacho.auth.token.TokenServer.allow;
import static io.riacho.auth.token.TokenServer.policy;
import static io.riacho.auth.token.TokenServer.roleArn;
import static io.riacho.auth.token.TokenServer.trustUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

class StsTest {

    private final TokenServer server = TokenServer.shared();

    private Credentials assume(AwsCredentials key, String role, Consumer<AssumeRoleRequest.Builder> more) {
        return server.sts(key)
                .assumeRole(r -> {
                    r.roleArn(roleArn(role)).roleSessionName("session");
                    more.accept(r);
                })
                .credentials();
    }

    private static void assertFails(Runnable call, String code) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    @Test
    void aTrustedUserIsTheRoleDuringTheSession() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user), allow("iam:GetUser", "*"));
        Credentials credentials = assume(server.keyOf(user), role, r -> {});
        GetCallerIdentityResponse identity = server.sts(credentials).getCallerIdentity();
        assertThat(identity.arn()).isEqualTo("arn:aws:sts::" + ACCOUNT + ":assumed-role/" + role + "/session");
        assertThat(server.iam(TokenServer.session(credentials))
                        .getUser(r -> r.userName(user))
                        .user()
                        .userName())
                .isEqualTo(user);
    }

    @Test
    void theJavaProviderRenewsSessionsByItself() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user));
        try (StsAssumeRoleCredentialsProvider provider = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(server.sts(server.keyOf(user)))
                .refreshRequest(r -> r.roleArn(roleArn(role)).roleSessionName("renewed"))
                .build()) {
            assertThat(server.sts(provider).getCallerIdentity().arn()).endsWith(role + "/renewed");
        }
    }

    @Test
    void aRoleThatDoesNotTrustTheCallerAnswersAsOneThatIsNotThere() {
        String user = server.newUser(allow("sts:AssumeRole", "*"));
        String role = server.newRole(trustUser(server.newUser()));
        AwsCredentials key = server.keyOf(user);
        assertThatThrownBy(() -> assume(key, role, r -> {}))
                .satisfies(refused -> assertThatThrownBy(() -> assume(key, "no-such-role", r -> {}))
                        .satisfies(missing -> assertThat(((AwsServiceException) missing)
                                        .awsErrorDetails()
                                        .errorMessage())
                                .isEqualTo(((AwsServiceException) refused)
                                        .awsErrorDetails()
                                        .errorMessage()
                                        .replace(role, "no-such-role"))));
        assertFails(() -> assume(key, role, r -> {}), "AccessDenied");
    }

    @Test
    void aDeputyWithoutTheExternalIdIsRefused() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user, "{\"StringEquals\":{\"sts:ExternalId\":\"customer-1\"}}"));
        AwsCredentials key = server.keyOf(user);
        assertFails(() -> assume(key, role, r -> {}), "AccessDenied");
        assertFails(() -> assume(key, role, r -> r.externalId("customer-2")), "AccessDenied");
        assertThat(assume(key, role, r -> r.externalId("customer-1")).accessKeyId())
                .startsWith("ASIA");
    }

    @Test
    void aSessionPolicyCanOnlyTakeAway() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user), allow("iam:GetUser", "*"));
        AwsCredentials key = server.keyOf(user);
        Credentials narrowed = assume(key, role, r -> r.policy(policy(allow("iam:CreateUser", "*"))));
        assertFails(() -> server.iam(TokenServer.session(narrowed)).getUser(r -> r.userName(user)), "AccessDenied");
        assertFails(
                () -> server.iam(TokenServer.session(narrowed)).createUser(r -> r.userName("mallory")), "AccessDenied");
    }

    @Test
    void aTokenIsGoodWithItsOwnKeyOnly() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user));
        AwsCredentials key = server.keyOf(user);
        Credentials one = assume(key, role, r -> {});
        Credentials other = assume(key, role, r -> {});
        assertFails(
                () -> server.sts(AwsSessionCredentials.create(
                                one.accessKeyId(), one.secretAccessKey(), other.sessionToken()))
                        .getCallerIdentity(),
                "InvalidClientTokenId");
        char[] tampered = one.sessionToken().toCharArray();
        tampered[tampered.length / 2] = tampered[tampered.length / 2] == 'A' ? 'B' : 'A';
        assertFails(
                () -> server.sts(AwsSessionCredentials.create(
                                one.accessKeyId(), one.secretAccessKey(), new String(tampered)))
                        .getCallerIdentity(),
                "InvalidClientTokenId");
    }

    @Test
    void aSessionEndsWithItsRole() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user));
        Credentials credentials = assume(server.keyOf(user), role, r -> {});
        server.sts(credentials).getCallerIdentity();
        server.iam().deleteRole(r -> r.roleName(role));
        server.iam().createRole(r -> r.roleName(role).assumeRolePolicyDocument(policy(trustUser(user))));
        assertFails(() -> server.sts(credentials).getCallerIdentity(), "InvalidClientTokenId");
    }

    @Test
    void aRevokedSessionEndsAtOnce() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user));
        AwsCredentials key = server.keyOf(user);
        Credentials one = assume(key, role, r -> {});
        Credentials other = assume(key, role, r -> {});
        assertThat(server.rest("POST", "/v1/session-revocations", "{\"accessKeyId\":\"" + one.accessKeyId() + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertFails(() -> server.sts(one).getCallerIdentity(), "InvalidClientTokenId");
        server.sts(other).getCallerIdentity();
        assertThat(server.rest("POST", "/v1/session-revocations", "{\"principalArn\":\"" + roleArn(role) + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertFails(() -> server.sts(other).getCallerIdentity(), "InvalidClientTokenId");
    }

    @Test
    void tagsAndSourceIdentityGoOnToTheNextRoleForAnHourAtMost() {
        String user = server.newUser();
        String first = server.newRole(trustUser(user), allow("sts:*", "*"));
        String next = server.newRole(
                "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + roleArn(first)
                        + "\"},\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\",\"sts:SetSourceIdentity\"],"
                        + "\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/Team\":\"blue\",\"sts:SourceIdentity\":\"ann\"}}}");
        server.iam().updateRole(r -> r.roleName(next).maxSessionDuration(7200));
        Credentials session = assume(
                server.keyOf(user),
                first,
                r -> r.tags(t -> t.key("Team").value("blue"))
                        .transitiveTagKeys("Team")
                        .sourceIdentity("ann"));
        AwsCredentials key = TokenServer.session(session);
        assertThat(assume(key, next, r -> {}).accessKeyId()).startsWith("ASIA");
        assertFails(() -> assume(key, next, r -> r.durationSeconds(7200)), "ValidationError");
        assertFails(() -> assume(key, next, r -> r.sourceIdentity("bob")), "AccessDenied");
        assertFails(() -> assume(key, next, r -> r.tags(t -> t.key("team").value("red"))), "InvalidParameterValue");
    }

    @Test
    void aUsersSessionIsTheUserButNotForIam() {
        String user = server.newUser(allow("*", "*"));
        AwsCredentials key = server.keyOf(user);
        Credentials session = server.sts(key).getSessionToken().credentials();
        assertThat(server.sts(session).getCallerIdentity().arn()).isEqualTo(TokenServer.userArn(user));
        assertFails(() -> server.iam(TokenServer.session(session)).listUsers(), "InvalidClientTokenId");
        assertFails(() -> server.sts(session).getSessionToken(), "AccessDenied");
        server.iam().deleteAccessKey(r -> r.userName(user).accessKeyId(key.accessKeyId()));
        assertFails(() -> server.sts(session).getCallerIdentity(), "InvalidClientTokenId");
    }

    @Test
    void aFederatedUserMayDoWhatBothPoliciesAllow() {
        String user = server.newUser(allow("sts:*", "*"));
        AwsCredentials key = server.keyOf(user);
        Credentials federated = server.sts(key)
                .getFederationToken(r -> r.name("guest").policy(policy(allow("sts:GetAccessKeyInfo", "*"))))
                .credentials();
        assertThat(server.sts(federated).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::" + ACCOUNT + ":federated-user/guest");
        assertThat(server.sts(federated)
                        .getAccessKeyInfo(r -> r.accessKeyId(key.accessKeyId()))
                        .account())
                .isEqualTo(ACCOUNT);
        Credentials none =
                server.sts(key).getFederationToken(r -> r.name("guest")).credentials();
        assertFails(() -> server.sts(none).getAccessKeyInfo(r -> r.accessKeyId(key.accessKeyId())), "AccessDenied");
    }

    @Test
    void theRootAssumesNoRole() {
        String role = server.newRole("{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::"
                + TokenServer.ACCOUNT + ":root\"},\"Action\":\"sts:AssumeRole\"}");
        assertFails(
                () -> server.rootSts().assumeRole(r -> r.roleArn(roleArn(role)).roleSessionName("root")),
                "AccessDenied");
    }

    @Test
    void whatIsNotServedIsRefusedByName() {
        assertThatThrownBy(() -> server.rootSts().decodeAuthorizationMessage(r -> r.encodedMessage("x")))
                .hasMessageContaining("DecodeAuthorizationMessage");
    }

    @Test
    void policiesAndTagsThatAreTooLargeAreRefused() {
        String user = server.newUser();
        String role = server.newRole(trustUser(user));
        AwsCredentials key = server.keyOf(user);
        String large = policy(allow("s3:GetObject", "arn:aws:s3:::" + "x".repeat(2000)));
        assertFails(() -> assume(key, role, r -> r.policy(large)), "PackedPolicyTooLarge");
        assertFails(() -> assume(key, role, r -> r.policy("{}")), "MalformedPolicyDocument");
    }
}
