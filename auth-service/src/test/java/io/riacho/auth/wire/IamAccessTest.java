package io.riacho.auth.wire;

import static io.riacho.auth.wire.Errors.assertDenied;
import static io.riacho.auth.wire.Errors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;

class IamAccessTest {

    private static final String DOCUMENT = AuthServer.ALLOW_ALL;
    private static final String POLICY = AuthServer.arn("policy/p");

    private final AuthServer server = AuthServer.shared();

    static Stream<Arguments> operations() {
        return Stream.of(
                about(
                        "CreateUser",
                        "user/x/u",
                        iam -> iam.createUser(r -> r.userName("u").path("/x/"))),
                about("GetUser", "user/u", iam -> iam.getUser(r -> r.userName("u"))),
                about("ListUsers", "user/x/", iam -> iam.listUsers(r -> r.pathPrefix("/x/"))),
                about(
                        "UpdateUser",
                        "user/u",
                        iam -> iam.updateUser(r -> r.userName("u").newUserName("v"))),
                about("DeleteUser", "user/u", iam -> iam.deleteUser(r -> r.userName("u"))),
                about("CreateAccessKey", "user/u", iam -> iam.createAccessKey(r -> r.userName("u"))),
                about("ListAccessKeys", "user/u", iam -> iam.listAccessKeys(r -> r.userName("u"))),
                about(
                        "UpdateAccessKey",
                        "user/u",
                        iam -> iam.updateAccessKey(r -> r.userName("u")
                                .accessKeyId("AKIAAAAAAAAAAAAAAAAA")
                                .status("Active"))),
                about(
                        "DeleteAccessKey",
                        "user/u",
                        iam -> iam.deleteAccessKey(r -> r.userName("u").accessKeyId("AKIAAAAAAAAAAAAAAAAA"))),
                about(
                        "GetAccessKeyLastUsed",
                        "user/*",
                        iam -> iam.getAccessKeyLastUsed(r -> r.accessKeyId("AKIAAAAAAAAAAAAAAAAA"))),
                about(
                        "PutUserPolicy",
                        "user/u",
                        iam -> iam.putUserPolicy(
                                r -> r.userName("u").policyName("n").policyDocument(DOCUMENT))),
                about(
                        "AttachUserPolicy",
                        "user/u",
                        iam -> iam.attachUserPolicy(r -> r.userName("u").policyArn(POLICY))),
                about(
                        "PutUserPermissionsBoundary",
                        "user/u",
                        iam -> iam.putUserPermissionsBoundary(
                                r -> r.userName("u").permissionsBoundary(POLICY))),
                about(
                        "TagUser",
                        "user/u",
                        iam -> iam.tagUser(r -> r.userName("u")
                                .tags(Tag.builder().key("k").value("v").build()))),
                about("CreateGroup", "group/g", iam -> iam.createGroup(r -> r.groupName("g"))),
                about(
                        "AddUserToGroup",
                        "group/g",
                        iam -> iam.addUserToGroup(r -> r.groupName("g").userName("u"))),
                about("ListGroupsForUser", "user/u", iam -> iam.listGroupsForUser(r -> r.userName("u"))),
                about(
                        "CreateRole",
                        "role/r",
                        iam -> iam.createRole(r -> r.roleName("r").assumeRolePolicyDocument(AuthServer.TRUST_ACCOUNT))),
                about(
                        "UpdateAssumeRolePolicy",
                        "role/r",
                        iam -> iam.updateAssumeRolePolicy(
                                r -> r.roleName("r").policyDocument(AuthServer.TRUST_ACCOUNT))),
                about("DeleteRole", "role/r", iam -> iam.deleteRole(r -> r.roleName("r"))),
                about(
                        "CreatePolicy",
                        "policy/n",
                        iam -> iam.createPolicy(r -> r.policyName("n").policyDocument(DOCUMENT))),
                about(
                        "CreatePolicyVersion",
                        "policy/p",
                        iam -> iam.createPolicyVersion(r -> r.policyArn(POLICY).policyDocument(DOCUMENT))),
                about("DeletePolicy", "policy/p", iam -> iam.deletePolicy(r -> r.policyArn(POLICY))),
                about("ListEntitiesForPolicy", "policy/p", iam -> iam.listEntitiesForPolicy(r -> r.policyArn(POLICY))),
                about(
                        "CreateOpenIDConnectProvider",
                        "oidc-provider/idp.example.com",
                        iam -> iam.createOpenIDConnectProvider(r -> r.url("https://idp.example.com"))),
                about(
                        "SimulatePrincipalPolicy",
                        "user/u",
                        iam -> iam.simulatePrincipalPolicy(
                                r -> r.policySourceArn(AuthServer.arn("user/u")).actionNames("kinesis:PutRecord"))),
                Arguments.of("GetAccountSummary", "*", (Consumer<IamClient>) IamClient::getAccountSummary),
                Arguments.of("GetAccountAuthorizationDetails", "*", (Consumer<IamClient>)
                        IamClient::getAccountAuthorizationDetails));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void anOperationNeedsItsOwnActionOnWhatItNames(String operation, String resource, Consumer<IamClient> call) {
        IamClient nobody = server.clientWith(AuthServer.allow("kinesis:*", "*"));
        String on = resource.equals("*") ? "" : " on resource: " + resource;
        assertDenied(() -> call.accept(nobody))
                .contains("is not authorized to perform: iam:" + operation + on + " because no identity-based policy");
    }

    @Test
    void aUserMayChangeItsOwnKeysOnlyWhereAPolicySaysSo() {
        String own = AuthServer.arn("user/${aws:username}");
        IamClient client = server.clientWith(AuthServer.allow("iam:*AccessKey*", own));
        String other = server.newUser();

        assertThat(client.createAccessKey().accessKey().accessKeyId()).startsWith("AKIA");
        assertDenied(() -> client.createAccessKey(request -> request.userName(other)));
    }

    @Test
    void whoMayAttachOnePolicyOnlyMayNotAttachAnother() {
        String allowed = server.newPolicy("kinesis:*");
        IamClient client = server.clientWith("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:AttachUserPolicy","Resource":"*",
                "Condition":{"ArnEquals":{"iam:PolicyARN":"%s"}}}}""".formatted(allowed));
        String user = server.newUser();

        client.attachUserPolicy(request -> request.userName(user).policyArn(allowed));
        assertDenied(() -> client.attachUserPolicy(
                request -> request.userName(user).policyArn("arn:aws:iam::aws:policy/AdministratorAccess")));
    }

    @Test
    void whoMustSetABoundaryCannotMakeAUserWithoutIt() {
        String boundary = server.newPolicy("kinesis:*");
        IamClient client = server.clientWith("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:CreateUser","Resource":"*",
                "Condition":{"StringEquals":{"iam:PermissionsBoundary":"%s"}}}}""".formatted(boundary));
        String name = AuthServer.newName("user");

        assertDenied(() -> client.createUser(request -> request.userName(name)));
        client.createUser(request -> request.userName(name).permissionsBoundary(boundary));
    }

    @Test
    void tagsOfTheUserDecideWhoMayDeleteIt() {
        IamClient client = server.clientWith("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:DeleteUser","Resource":"*",
                "Condition":{"StringEquals":{"aws:ResourceTag/Team":"a"}}}}""");
        String user = server.newUser();

        assertDenied(() -> client.deleteUser(request -> request.userName(user)));
        server.root()
                .tagUser(request -> request.userName(user)
                        .tags(List.of(Tag.builder().key("Team").value("a").build())));
        client.deleteUser(request -> request.userName(user));
    }

    @Test
    void tagsAtCreationNeedTheRightToTag() {
        IamClient client = server.clientWith(AuthServer.allow("iam:CreateUser", "*"));

        assertDenied(() -> client.createUser(request -> request.userName(AuthServer.newName("user"))
                        .tags(Tag.builder().key("k").value("v").build())))
                .contains("iam:TagUser");
    }

    @Test
    void aRenamedUserNeedsTheRightOnItsNewNameToo() {
        String user = server.newUser();
        IamClient client = server.clientWith(AuthServer.allow("iam:UpdateUser", AuthServer.arn("user/" + user)));

        assertDenied(() -> client.updateUser(request -> request.userName(user).newUserName("admin")))
                .contains("user/admin");
        assertRefused("NoSuchEntity", () -> server.root().getUser(request -> request.userName("admin")));
    }

    private static Arguments about(String operation, String resource, Consumer<IamClient> call) {
        return Arguments.of(operation, AuthServer.arn(resource), call);
    }
}
