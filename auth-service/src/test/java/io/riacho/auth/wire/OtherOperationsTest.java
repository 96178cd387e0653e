package io.riacho.auth.wire;

import static io.riacho.auth.wire.Errors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.UserDetail;

class OtherOperationsTest {

    private final AuthServer server = AuthServer.shared();
    private final IamClient iam = server.root();

    @Test
    void aRoleIsToldAsItWasMadeAndChanged() {
        String name = AuthServer.newName("role");
        Role made = iam.createRole(request -> request.roleName(name)
                        .path("/app/")
                        .description("first")
                        .maxSessionDuration(7200)
                        .assumeRolePolicyDocument(AuthServer.TRUST_ACCOUNT))
                .role();
        assertThat(made.roleId()).matches("AROA[A-Z2-7]{17}");
        assertThat(iam.getRole(request -> request.roleName(name)).role()).isEqualTo(made);

        iam.updateRole(request -> request.roleName(name).description("second").maxSessionDuration(3600));

        Role changed = iam.getRole(request -> request.roleName(name)).role();
        assertThat(changed.description()).isEqualTo("second");
        assertThat(changed.maxSessionDuration()).isEqualTo(3600);
        assertThat(changed.assumeRolePolicyDocument()).isEqualTo(made.assumeRolePolicyDocument());
    }

    @Test
    void aTrustPolicyNeedsAPrincipal() {
        assertRefused(
                "MalformedPolicyDocument",
                () -> iam.createRole(request ->
                        request.roleName(AuthServer.newName("role")).assumeRolePolicyDocument(AuthServer.ALLOW_ALL)));
    }

    @Test
    void tagKeysThatDifferInCaseOnlyAreOne() {
        String user = server.newUser();
        iam.tagUser(request -> request.userName(user).tags(tag("Team", "a"), tag("other", "b")));
        iam.tagUser(request -> request.userName(user).tags(tag("team", "c")));

        assertThat(iam.listUserTags(request -> request.userName(user)).tags())
                .containsExactly(tag("other", "b"), tag("team", "c"));
        iam.untagUser(request -> request.userName(user).tagKeys("TEAM"));
        assertThat(iam.listUserTags(request -> request.userName(user)).tags()).containsExactly(tag("other", "b"));
    }

    @Test
    void aUserIsInTenGroupsAtMost() {
        String user = server.newUser();
        for (int i = 0; i < 10; i++) {
            String group = server.newGroup();
            iam.addUserToGroup(request -> request.groupName(group).userName(user));
        }
        String eleventh = server.newGroup();

        assertRefused(
                        "LimitExceeded",
                        () -> iam.addUserToGroup(
                                request -> request.groupName(eleventh).userName(user)))
                .isEqualTo("Cannot exceed quota for GroupsPerUser: 10");
        assertThat(iam.getGroup(request -> request.groupName(eleventh)).users()).isEmpty();
        assertThat(iam.listGroupsForUser(request -> request.userName(user)).groups())
                .hasSize(10);
    }

    @Test
    void anOidcProviderIsKeptWithItsClients() {
        String host = AuthServer.newName("idp") + ".example.com";
        String arn = iam.createOpenIDConnectProvider(
                        request -> request.url("https://" + host + "/realm").clientIDList("a"))
                .openIDConnectProviderArn();
        assertThat(arn).isEqualTo(AuthServer.arn("oidc-provider/" + host + "/realm"));

        iam.addClientIDToOpenIDConnectProvider(
                request -> request.openIDConnectProviderArn(arn).clientID("b"));
        iam.removeClientIDFromOpenIDConnectProvider(
                request -> request.openIDConnectProviderArn(arn).clientID("a"));

        var provider = iam.getOpenIDConnectProvider(request -> request.openIDConnectProviderArn(arn));
        assertThat(provider.clientIDList()).containsExactly("b");
        iam.deleteOpenIDConnectProvider(request -> request.openIDConnectProviderArn(arn));
        assertRefused(
                "NoSuchEntity", () -> iam.getOpenIDConnectProvider(request -> request.openIDConnectProviderArn(arn)));
    }

    @Test
    void anOidcProviderWithoutTlsIsRefused() {
        assertRefused(
                "ValidationError",
                () -> iam.createOpenIDConnectProvider(request -> request.url("http://idp.example.com")));
    }

    @Test
    void aSimulationSaysWhatWouldBeDecidedAndWhy() {
        String user = server.newUser();
        iam.putUserPolicy(request -> request.userName(user)
                .policyName("put")
                .policyDocument(AuthServer.allow("kinesis:PutRecord", "arn:aws:kinesis:*:*:stream/orders")));
        iam.putUserPolicy(request -> request.userName(user)
                .policyName("never")
                .policyDocument(AuthServer.deny("kinesis:DeleteStream", "*")));

        List<EvaluationResult> results = iam.simulatePrincipalPolicy(
                        request -> request.policySourceArn(AuthServer.arn("user/" + user))
                                .actionNames("kinesis:PutRecord", "kinesis:DeleteStream", "kinesis:GetRecords")
                                .resourceArns("arn:aws:kinesis:eu-central-1:" + AuthServer.ACCOUNT + ":stream/orders"))
                .evaluationResults();

        assertThat(results)
                .extracting(EvaluationResult::evalDecision)
                .containsExactly(
                        PolicyEvaluationDecisionType.ALLOWED,
                        PolicyEvaluationDecisionType.EXPLICIT_DENY,
                        PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(results.getFirst().matchedStatements())
                .singleElement()
                .matches(statement -> statement.sourcePolicyId().equals("put"));
    }

    @Test
    void aSimulatedConditionThatIsNotGivenIsMissing() {
        String policy = """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kinesis:*","Resource":"*",
                "Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}}}""";

        var result = iam.simulateCustomPolicy(
                        request -> request.policyInputList(policy).actionNames("kinesis:PutRecord"))
                .evaluationResults()
                .getFirst();

        assertThat(result.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(result.missingContextValues()).containsExactly("aws:SourceVpce");
        assertThat(iam.getContextKeysForCustomPolicy(request -> request.policyInputList(policy))
                        .contextKeyNames())
                .containsExactly("aws:SourceVpce");
    }

    @Test
    void theWholeAccountIsToldInPages() {
        String user = server.newUser();
        server.newUser();
        iam.putUserPolicy(request -> request.userName(user).policyName("p").policyDocument(AuthServer.ALLOW_ALL));

        var all = iam
                .getAccountAuthorizationDetailsPaginator(
                        request -> request.filter(EntityType.USER).maxItems(1))
                .stream()
                .flatMap(page -> page.userDetailList().stream())
                .toList();

        assertThat(all).extracting(UserDetail::userName).contains(user).doesNotHaveDuplicates();
        assertThat(all.size()).isEqualTo(iam.getAccountSummary().summaryMap().get(SummaryKeyType.USERS));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
