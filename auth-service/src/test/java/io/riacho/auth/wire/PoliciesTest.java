package io.riacho.auth.wire;

import static io.riacho.auth.wire.Errors.assertDenied;
import static io.riacho.auth.wire.Errors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

class PoliciesTest {

    private static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

    private final AuthServer server = AuthServer.shared();
    private final IamClient iam = server.root();

    @Test
    void anAttachedPolicyGrantsAtOnceAndNoLongerOnceItIsDetached() {
        String user = server.newUser();
        IamClient client = server.client(server.newKey(user));
        assertDenied(client::getUser);

        iam.attachUserPolicy(request -> request.userName(user).policyArn(ADMINISTRATOR));
        assertThat(client.getUser().user().userName()).isEqualTo(user);

        iam.detachUserPolicy(request -> request.userName(user).policyArn(ADMINISTRATOR));
        assertDenied(client::getUser);
    }

    @Test
    void theDefaultVersionIsTheOneThatCounts() {
        String user = server.newUser();
        IamClient client = server.client(server.newKey(user));
        String arn = server.newPolicy("kinesis:ListStreams");
        iam.attachUserPolicy(request -> request.userName(user).policyArn(arn));

        PolicyVersion second = iam.createPolicyVersion(
                        request -> request.policyArn(arn).policyDocument(AuthServer.allow("iam:GetUser", "*")))
                .policyVersion();
        assertThat(second.versionId()).isEqualTo("v2");
        assertDenied(client::getUser);

        iam.setDefaultPolicyVersion(request -> request.policyArn(arn).versionId("v2"));
        assertThat(client.getUser().user().userName()).isEqualTo(user);
        assertRefused(
                        "DeleteConflict",
                        () -> iam.deletePolicyVersion(
                                request -> request.policyArn(arn).versionId("v2")))
                .isEqualTo("Cannot delete the default version of a policy.");
        iam.deletePolicyVersion(request -> request.policyArn(arn).versionId("v1"));
        assertThat(iam.listPolicyVersions(request -> request.policyArn(arn)).versions())
                .extracting(PolicyVersion::versionId)
                .containsExactly("v2");
    }

    @Test
    void aPolicyHasFiveVersionsAtMost() {
        String arn = server.newPolicy("kinesis:*");
        for (int i = 0; i < 4; i++) {
            iam.createPolicyVersion(request ->
                    request.policyArn(arn).policyDocument(AuthServer.ALLOW_ALL).setAsDefault(true));
        }

        assertRefused(
                        "LimitExceeded",
                        () -> iam.createPolicyVersion(
                                request -> request.policyArn(arn).policyDocument(AuthServer.ALLOW_ALL)))
                .startsWith("A managed policy can have up to 5 versions.");
    }

    @Test
    void aPolicyThatIsUsedIsNotDeleted() {
        String arn = server.newPolicy("kinesis:*");
        String role = server.newRole();
        iam.putRolePermissionsBoundary(request -> request.roleName(role).permissionsBoundary(arn));

        assertRefused("DeleteConflict", () -> iam.deletePolicy(request -> request.policyArn(arn)))
                .isEqualTo("Cannot delete a policy attached to entities.");
        iam.deleteRolePermissionsBoundary(request -> request.roleName(role));
        iam.deletePolicy(request -> request.policyArn(arn));

        assertRefused("NoSuchEntity", () -> iam.getPolicy(request -> request.policyArn(arn)));
    }

    @Test
    void aBoundaryLimitsWhatPoliciesGrant() {
        String user = server.newUser();
        IamClient client = server.client(server.newKey(user));
        String boundary = server.newPolicy("kinesis:*");
        iam.attachUserPolicy(request -> request.userName(user).policyArn(ADMINISTRATOR));
        client.getUser();

        iam.putUserPermissionsBoundary(request -> request.userName(user).permissionsBoundary(boundary));
        assertDenied(client::getUser).contains("because no permissions boundary allows the iam:GetUser action");
        assertThat(iam.getUser(request -> request.userName(user))
                        .user()
                        .permissionsBoundary()
                        .permissionsBoundaryArn())
                .isEqualTo(boundary);

        iam.deleteUserPermissionsBoundary(request -> request.userName(user));
        client.getUser();
    }

    @Test
    void whatGroupsGrantCountsForTheirMembersOnly() {
        String user = server.newUser();
        String group = server.newGroup();
        IamClient client = server.client(server.newKey(user));
        iam.putGroupPolicy(request -> request.groupName(group)
                .policyName("self")
                .policyDocument(AuthServer.allow("iam:GetUser", AuthServer.arn("user/${aws:username}"))));
        assertDenied(client::getUser);

        iam.addUserToGroup(request -> request.groupName(group).userName(user));
        assertThat(client.getUser().user().userName()).isEqualTo(user);

        iam.removeUserFromGroup(request -> request.groupName(group).userName(user));
        assertDenied(client::getUser);
    }

    @Test
    void tenPoliciesMayBeAttachedAndNoMore() {
        String user = server.newUser();
        for (int i = 0; i < 10; i++) {
            String arn = server.newPolicy("kinesis:*");
            iam.attachUserPolicy(request -> request.userName(user).policyArn(arn));
        }

        assertRefused(
                        "LimitExceeded",
                        () -> iam.attachUserPolicy(
                                request -> request.userName(user).policyArn(ADMINISTRATOR)))
                .isEqualTo("Cannot exceed quota for PoliciesPerUser: 10");
        assertThat(iam.listAttachedUserPolicies(request -> request.userName(user))
                        .attachedPolicies())
                .hasSize(10)
                .extracting(AttachedPolicy::policyArn)
                .doesNotContain(ADMINISTRATOR);
    }

    @Test
    void anInlinePolicyComesBackEncoded() {
        String role = server.newRole();
        String document = AuthServer.allow("kinesis:Put*", "arn:aws:kinesis:*:*:stream/a b~c");
        iam.putRolePolicy(request -> request.roleName(role).policyName("p").policyDocument(document));

        String answered = iam.getRolePolicy(request -> request.roleName(role).policyName("p"))
                .policyDocument();

        assertThat(answered).startsWith("%7B%22Version%22%3A%222012-10-17%22").contains("a%20b~c", "Put%2A");
        assertThat(URLDecoder.decode(answered, StandardCharsets.UTF_8)).isEqualTo(document);
    }

    @Test
    void theInlinePoliciesOfAUserHaveALimitTogether() {
        String user = server.newUser();
        String half = AuthServer.allow("kinesis:*", "arn:aws:kinesis:*:*:stream/" + "x".repeat(1000));
        iam.putUserPolicy(request -> request.userName(user).policyName("a").policyDocument(half));

        assertRefused(
                        "LimitExceeded",
                        () -> iam.putUserPolicy(request ->
                                request.userName(user).policyName("b").policyDocument(half)))
                .isEqualTo("Maximum policy size of 2048 bytes exceeded for user " + user);
        assertThat(iam.listUserPolicies(request -> request.userName(user)).policyNames())
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\"}}",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\","
                        + "\"Resource\":\"*\"}}"
            })
    void aDocumentThatIsNoPolicyIsRefused(String document) {
        String user = server.newUser();

        assertRefused(
                        "MalformedPolicyDocument",
                        () -> iam.putUserPolicy(request ->
                                request.userName(user).policyName("p").policyDocument(document)))
                .isNotEmpty();
    }

    @Test
    void thePoliciesOfAwsAreThereAndCannotBeChanged() {
        List<Policy> ofAws =
                iam.listPolicies(request -> request.scope(PolicyScopeType.AWS)).policies();

        assertThat(ofAws)
                .extracting(Policy::policyName)
                .contains("AdministratorAccess", "AmazonKinesisFullAccess", "AmazonKinesisReadOnlyAccess");
        assertDenied(() -> iam.deletePolicy(request -> request.policyArn(ADMINISTRATOR)));
        assertDenied(() -> iam.createPolicyVersion(
                request -> request.policyArn(ADMINISTRATOR).policyDocument(AuthServer.ALLOW_ALL)));
    }

    @Test
    void whoHasAPolicyIsListed() {
        String arn = server.newPolicy("kinesis:*");
        String user = server.newUser();
        String group = server.newGroup();
        String role = server.newRole();
        iam.attachUserPolicy(request -> request.userName(user).policyArn(arn));
        iam.attachGroupPolicy(request -> request.groupName(group).policyArn(arn));
        iam.attachRolePolicy(request -> request.roleName(role).policyArn(arn));

        var entities = iam.listEntitiesForPolicy(request -> request.policyArn(arn));

        assertThat(entities.policyUsers())
                .singleElement()
                .matches(found -> found.userName().equals(user));
        assertThat(entities.policyGroups())
                .singleElement()
                .matches(found -> found.groupName().equals(group));
        assertThat(entities.policyRoles())
                .singleElement()
                .matches(found -> found.roleName().equals(role));
        assertThat(iam.getPolicy(request -> request.policyArn(arn)).policy().attachmentCount())
                .isEqualTo(3);
    }
}
