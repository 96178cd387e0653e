package io.riacho.compatibility;

import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;

/**
 * The users, groups, roles and policies of one test, known by what their names begin with, and deleted at its end, whoever made them.
 * Set-up and clean-up, not what is tested.
 */
final class TestIdentities implements AutoCloseable {

    private final String prefix =
            "compatibility-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private final Target root;
    private final IamClient iam;
    private int names;

    TestIdentities(Target root) {
        this.root = root;
        this.iam = JavaClients.iam(root);
    }

    /** A user with an access key. */
    record User(String name, String arn, Target target) {}

    /** A name that ends with what it is of, and is not in use. */
    String name(String what) {
        return prefix + ++names + "-" + what;
    }

    /** A user that may do what its policies say, and nothing where there are none. */
    User user(String... policies) {
        String name = name("user");
        String arn = iam.createUser(user -> user.userName(name)).user().arn();
        for (int i = 0; i < policies.length; i++) {
            String policyName = "policy-" + i;
            String document = policies[i];
            iam.putUserPolicy(put -> put.userName(name).policyName(policyName).policyDocument(document));
        }
        return new User(name, arn, key(name));
    }

    /** The server for a user, with a new access key. */
    Target key(String userName) {
        AccessKey key = iam.createAccessKey(access -> access.userName(userName)).accessKey();
        return root.as(key.accessKeyId(), key.secretAccessKey(), null);
    }

    /** The ARN of a role. */
    String role(String trust, String policy) {
        String name = name("role");
        String arn = iam.createRole(role -> role.roleName(name).assumeRolePolicyDocument(trust))
                .role()
                .arn();
        iam.putRolePolicy(put -> put.roleName(name).policyName("policy").policyDocument(policy));
        return arn;
    }

    @Override
    public void close() {
        iam.listUsersPaginator().users().stream()
                .map(user -> user.userName())
                .filter(this::isOurs)
                .toList()
                .forEach(this::deleteUser);
        iam.listGroupsPaginator().groups().stream()
                .map(group -> group.groupName())
                .filter(this::isOurs)
                .toList()
                .forEach(this::deleteGroup);
        iam.listRolesPaginator().roles().stream()
                .map(role -> role.roleName())
                .filter(this::isOurs)
                .toList()
                .forEach(this::deleteRole);
        iam.listPoliciesPaginator(list -> list.scope(PolicyScopeType.LOCAL)).policies().stream()
                .filter(policy -> isOurs(policy.policyName()))
                .map(policy -> policy.arn())
                .toList()
                .forEach(this::deletePolicy);
        iam.close();
    }

    private boolean isOurs(String name) {
        return name.startsWith(prefix);
    }

    private void deleteUser(String name) {
        iam.listAccessKeys(list -> list.userName(name))
                .accessKeyMetadata()
                .forEach(key ->
                        iam.deleteAccessKey(delete -> delete.userName(name).accessKeyId(key.accessKeyId())));
        iam.listUserPolicies(list -> list.userName(name))
                .policyNames()
                .forEach(policy ->
                        iam.deleteUserPolicy(delete -> delete.userName(name).policyName(policy)));
        iam.listAttachedUserPolicies(list -> list.userName(name))
                .attachedPolicies()
                .forEach(policy ->
                        iam.detachUserPolicy(detach -> detach.userName(name).policyArn(policy.policyArn())));
        iam.listGroupsForUser(list -> list.userName(name))
                .groups()
                .forEach(group ->
                        iam.removeUserFromGroup(remove -> remove.userName(name).groupName(group.groupName())));
        iam.deleteUser(delete -> delete.userName(name));
    }

    private void deleteGroup(String name) {
        iam.listGroupPolicies(list -> list.groupName(name))
                .policyNames()
                .forEach(policy ->
                        iam.deleteGroupPolicy(delete -> delete.groupName(name).policyName(policy)));
        iam.listAttachedGroupPolicies(list -> list.groupName(name))
                .attachedPolicies()
                .forEach(policy ->
                        iam.detachGroupPolicy(detach -> detach.groupName(name).policyArn(policy.policyArn())));
        iam.deleteGroup(delete -> delete.groupName(name));
    }

    private void deleteRole(String name) {
        iam.listRolePolicies(list -> list.roleName(name))
                .policyNames()
                .forEach(policy ->
                        iam.deleteRolePolicy(delete -> delete.roleName(name).policyName(policy)));
        iam.listAttachedRolePolicies(list -> list.roleName(name))
                .attachedPolicies()
                .forEach(policy ->
                        iam.detachRolePolicy(detach -> detach.roleName(name).policyArn(policy.policyArn())));
        iam.deleteRole(delete -> delete.roleName(name));
    }

    private void deletePolicy(String arn) {
        List<String> versions = iam.listPolicyVersions(list -> list.policyArn(arn)).versions().stream()
                .filter(version -> !version.isDefaultVersion())
                .map(version -> version.versionId())
                .toList();
        versions.forEach(version ->
                iam.deletePolicyVersion(delete -> delete.policyArn(arn).versionId(version)));
        iam.deletePolicy(delete -> delete.policyArn(arn));
    }
}
