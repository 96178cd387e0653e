package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.ACCOUNT;
import static io.riacho.auth.token.TokenServer.allow;
import static io.riacho.auth.token.TokenServer.policy;
import static io.riacho.auth.token.TokenServer.roleArn;
import static io.riacho.auth.token.TokenServer.trustUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.protocol.role.RoleCredentials;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.RoleException.Reason;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.role.ServiceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.StsClient;

/** Roles that services assume for their users. */
class ServiceRolesTest {

    private static final String FIREHOSE = "firehose.amazonaws.com";
    private static final String SOURCE = "arn:aws:firehose:us-east-1:" + ACCOUNT + ":deliverystream/orders";

    private final TokenServer server = TokenServer.shared();
    private final ServiceRoles roles = server.bean(ServiceRoles.class);

    static String trustService(String service, String... conditions) {
        return "{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"" + service + "\"},\"Action\":\"sts:AssumeRole\""
                + (conditions.length == 0 ? "" : ",\"Condition\":" + conditions[0]) + "}";
    }

    static ServiceSession firehose() {
        return new ServiceSession(FIREHOSE, "orders", SOURCE, ACCOUNT);
    }

    private RoleCredentials assume(String role) {
        return roles.assume(roleArn(role), firehose());
    }

    private void assertDenied(String role) {
        assertThatExceptionOfType(RoleException.class)
                .isThrownBy(() -> assume(role))
                .matches(e -> e.reason() == Reason.DENIED);
    }

    private static AwsCredentials credentials(RoleCredentials given) {
        return AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }

    private StsClient sts(RoleCredentials given) {
        return server.sts(StaticCredentialsProvider.create(credentials(given)));
    }

    @Test
    void aTrustedServiceIsTheRoleForAnHour() {
        String user = server.newUser();
        String role = server.newRole(trustService(FIREHOSE), allow("iam:GetUser", "*"));

        RoleCredentials given = assume(role);

        assertThat(sts(given).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::" + ACCOUNT + ":assumed-role/" + role + "/orders");
        assertThat(server.iam(credentials(given))
                        .getUser(r -> r.userName(user))
                        .user()
                        .userName())
                .isEqualTo(user);
        assertThat(Duration.between(Instant.now(), given.expiresAt()))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
        assertThat(given.toString()).doesNotContain(given.secretAccessKey()).doesNotContain(given.sessionToken());
    }

    @Test
    void aRoleLendsNoMoreThanItMay() {
        String role = server.newRole(trustService(FIREHOSE), allow("kinesis:*", "*"));
        RoleCredentials given = assume(role);

        assertThatThrownBy(() -> server.iam(credentials(given)).listUsers())
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
    }

    @Test
    void aRoleThatTrustsOthersDoesNotTrustTheService() {
        assertDenied(server.newRole(trustService("ecs.amazonaws.com")));
        assertDenied(server.newRole(trustUser(server.newUser())));
        assertDenied(server.newRole(
                "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + ACCOUNT + "\"},\"Action\":\"sts:AssumeRole\"}"));
    }

    @Test
    void aDenialInTheTrustPolicyCountsBeforeWhatItAllows() {
        String role = server.newRole(trustService(FIREHOSE));
        server.iam()
                .updateAssumeRolePolicy(r -> r.roleName(role)
                        .policyDocument(policy(
                                trustService(FIREHOSE),
                                "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\",\"Condition\":"
                                        + "{\"ArnNotEquals\":{\"aws:SourceArn\":\"" + SOURCE + "-another\"}}}")));

        assertDenied(role);
    }

    @Test
    void theExternalIdIsTheAccountAsOfAwssFirehose() {
        assertDenied(
                server.newRole(trustService(FIREHOSE, "{\"StringEquals\":{\"sts:ExternalId\":\"999999999999\"}}")));

        assume(server.newRole(trustService(FIREHOSE, "{\"StringEquals\":{\"sts:ExternalId\":\"" + ACCOUNT + "\"}}")));
    }

    @Test
    void aRoleMayBeForOneDeliveryStreamAlone() {
        String role = server.newRole(trustService(
                FIREHOSE,
                "{\"StringEquals\":{\"aws:SourceAccount\":\"" + ACCOUNT + "\",\"aws:PrincipalServiceName\":\""
                        + FIREHOSE
                        + "\"},\"ArnEquals\":{\"aws:SourceArn\":\"" + SOURCE + "\"},"
                        + "\"Bool\":{\"aws:PrincipalIsAWSService\":\"true\",\"aws:SecureTransport\":\"true\"}}"));

        assume(role);
        assertThatExceptionOfType(RoleException.class)
                .isThrownBy(() -> roles.assume(
                        roleArn(role), new ServiceSession(FIREHOSE, "payments", SOURCE + "-payments", ACCOUNT)))
                .matches(e -> e.reason() == Reason.DENIED);
    }

    @Test
    void noAddressIsTheServices() {
        assertDenied(
                server.newRole(trustService(FIREHOSE, "{\"IpAddress\":{\"aws:SourceIp\":[\"0.0.0.0/0\",\"::/0\"]}}")));
    }

    @Test
    void aRoleThatIsNotThereAnswersAsOneThatDoesNotTrust() {
        String role = server.newRole(trustService("ecs.amazonaws.com"));

        RoleException refused = catchThrowableOfType(RoleException.class, () -> assume(role));
        RoleException missing = catchThrowableOfType(RoleException.class, () -> assume("no-such-role"));
        RoleException noArn = catchThrowableOfType(RoleException.class, () -> roles.assume("no-arn", firehose()));

        assertThat(missing.getMessage())
                .isEqualTo(refused.getMessage().replace(role, "no-such-role"))
                .contains(roleArn("no-such-role"))
                .contains(FIREHOSE);
        assertThat(missing.reason()).isEqualTo(refused.reason()).isEqualTo(Reason.DENIED);
        assertThat(noArn.reason()).isEqualTo(Reason.DENIED);
    }

    @Test
    void noServiceIsTrustedByARoleThatIsNotThere() {
        assertThatExceptionOfType(RoleException.class)
                .isThrownBy(() -> roles.assume(
                        roleArn("no-such-role"), new ServiceSession("nobody.amazonaws.com", "s", SOURCE, ACCOUNT)))
                .matches(e -> e.reason() == Reason.DENIED);
    }

    @Test
    void aSessionEndsWithItsRole() {
        String role = server.newRole(trustService(FIREHOSE));
        RoleCredentials given = assume(role);
        assertThat(sts(given).getCallerIdentity().arn()).contains(role);

        server.iam().deleteRole(r -> r.roleName(role));

        assertDenied(role);
        assertThatThrownBy(() -> sts(given).getCallerIdentity())
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId"));
    }

    @Test
    void aServiceIsNamedByItsPrincipalAndWithoutAnything() {
        for (String principal : new String[] {"firehose", "*", ACCOUNT, "a.b.amazonaws.com", ".amazonaws.com"}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new ServiceSession(principal, "orders", SOURCE, ACCOUNT));
        }
    }

    @Test
    @Timeout(60)
    void whoAssumesARoleAndWhoMayNotIsAudited() throws IOException, InterruptedException {
        String trusting = server.newRole(trustService(FIREHOSE));
        String other = server.newRole(trustService("ecs.amazonaws.com"));

        assume(trusting);
        assertDenied(other);

        assertThat(auditOf(trusting)).contains("\"outcome\":\"changed\"", "\"action\":\"sts:AssumeRole\"", FIREHOSE);
        assertThat(auditOf(other)).contains("\"outcome\":\"denied\"", "\"action\":\"sts:AssumeRole\"", FIREHOSE);
    }

    /** The line about what a service did with the role. */
    private String auditOf(String role) throws IOException, InterruptedException {
        Path file = Path.of(
                Objects.requireNonNull(server.bean(Environment.class).getProperty("riacho.data")),
                "audit",
                "audit.log");
        while (true) {
            for (String line : Files.readAllLines(file)) {
                if (line.contains("sts:AssumeRole") && line.contains(roleArn(role) + "\"")) {
                    return line;
                }
            }
            Thread.sleep(20);
        }
    }
}
