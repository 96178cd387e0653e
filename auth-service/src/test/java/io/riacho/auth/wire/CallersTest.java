package io.riacho.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.Role;
import io.riacho.auth.identity.SessionFacts;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.protocol.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;

class CallersTest {

    private final AuthServer server = AuthServer.shared();
    private final IamClient iam = server.root();
    private final Identities identities = server.bean(Identities.class);

    @Test
    void aUserHasItsOwnPoliciesThoseOfItsGroupsAndItsTags() {
        String user = server.newUser();
        String group = server.newGroup();
        String policy = server.newPolicy("kinesis:*");
        iam.addUserToGroup(request -> request.userName(user).groupName(group));
        iam.attachGroupPolicy(request -> request.groupName(group).policyArn(policy));
        iam.putUserPolicy(request -> request.userName(user).policyName("own").policyDocument(AuthServer.ALLOW_ALL));
        iam.tagUser(request ->
                request.userName(user).tags(Tag.builder().key("Team").value("a").build()));

        Caller caller = identities.user(user).orElseThrow();

        assertThat(caller.arn()).isEqualTo(AuthServer.arn("user/" + user));
        assertThat(caller.userId()).startsWith("AIDA");
        assertThat(caller.keys())
                .containsEntry("aws:username", List.of(user))
                .containsEntry("aws:principaltype", List.of("User"))
                .containsEntry("aws:principaltag/team", List.of("a"));
        assertThat(caller.policies().identity()).extracting(NamedPolicy::name).containsExactlyInAnyOrder("own", policy);
        assertThat(caller.policies().boundary()).isNull();
    }

    @Test
    void aSessionHasTheRolesPoliciesAndItsOwnFacts() {
        String name = server.newRole();
        iam.putRolePolicy(request -> request.roleName(name).policyName("inline").policyDocument(AuthServer.ALLOW_ALL));
        iam.tagRole(request -> request.roleName(name)
                .tags(
                        Tag.builder().key("Team").value("role").build(),
                        Tag.builder().key("kept").value("yes").build()));
        Role role = identities.role(name).orElseThrow();
        NamedPolicy narrow = new NamedPolicy(
                "session", PolicyDocument.parse(AuthServer.allow("kinesis:*", "*"), PolicyKind.SESSION));
        Instant now = Instant.parse("2026-11-26T10:00:00Z");

        Caller caller = identities.session(
                role, new SessionFacts("s1", now, List.of(narrow), Map.of("team", "session"), "me", null, Map.of()));

        assertThat(role.maxSession()).isEqualTo(Duration.ofHours(1));
        assertThat(role.trust().document().kind()).isEqualTo(PolicyKind.TRUST);
        assertThat(caller.arn()).isEqualTo("arn:aws:sts::" + AuthServer.ACCOUNT + ":assumed-role/" + name + "/s1");
        assertThat(caller.userId()).isEqualTo(role.id() + ":s1");
        assertThat(caller.principal().issuerArn()).isEqualTo(role.arn());
        assertThat(caller.policies().identity()).hasSize(1);
        assertThat(caller.policies().session()).containsExactly(narrow);
        assertThat(caller.keys())
                .containsEntry("aws:principaltag/team", List.of("session"))
                .containsEntry("aws:principaltag/kept", List.of("yes"))
                .containsEntry("aws:principaltype", List.of("AssumedRole"))
                .containsEntry("aws:sourceidentity", List.of("me"))
                .containsEntry("aws:tokenissuetime", List.of("2026-11-26T10:00:00Z"));
    }

    @Test
    void whatIsNotThereIsNobody() {
        assertThat(identities.user("nobody")).isEmpty();
        assertThat(identities.role("nobody")).isEmpty();
        assertThat(identities.keyOwner("AKIAAAAAAAAAAAAAAAAA")).isEmpty();
        assertThat(identities.managedPolicy(AuthServer.arn("policy/nothing"))).isEmpty();
        assertThat(identities.managedPolicy("arn:aws:iam::aws:policy/AdministratorAccess"))
                .isPresent();
    }
}
