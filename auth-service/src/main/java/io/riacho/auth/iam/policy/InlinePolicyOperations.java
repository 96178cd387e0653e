package io.riacho.auth.iam.policy;

import io.riacho.auth.iam.IamChanges;
import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Page;
import io.riacho.auth.iam.PolicyTexts;
import io.riacho.auth.iam.Quotas;
import io.riacho.auth.iam.entity.Entity;
import io.riacho.auth.iam.entity.EntityStore;
import io.riacho.auth.identity.EntityKind;
import io.riacho.policy.PolicyKind;
import io.riacho.protocol.AwsException;
import java.util.List;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;

/** Policies that belong to one user, group or role. */
public final class InlinePolicyOperations {

    private final EntityStore entities;
    private final GrantStore grants;
    private final IamChanges changes;

    public InlinePolicyOperations(EntityStore entities, GrantStore grants, IamChanges changes) {
        this.entities = entities;
        this.grants = grants;
        this.changes = changes;
    }

    public void putUserPolicy(PutUserPolicyRequest request) {
        put(EntityKind.USER, request.userName(), request.policyName(), request.policyDocument());
    }

    public GetUserPolicyResponse getUserPolicy(GetUserPolicyRequest request) {
        return GetUserPolicyResponse.builder()
                .userName(request.userName())
                .policyName(request.policyName())
                .policyDocument(get(EntityKind.USER, request.userName(), request.policyName()))
                .build();
    }

    public ListUserPoliciesResponse listUserPolicies(ListUserPoliciesRequest request) {
        Page<String> names =
                list(EntityKind.USER, request.userName(), Page.Request.of(request.marker(), request.maxItems()));
        return ListUserPoliciesResponse.builder()
                .policyNames(names.items())
                .isTruncated(names.isTruncated())
                .marker(names.marker())
                .build();
    }

    public void deleteUserPolicy(DeleteUserPolicyRequest request) {
        delete(EntityKind.USER, request.userName(), request.policyName());
    }

    public void putGroupPolicy(PutGroupPolicyRequest request) {
        put(EntityKind.GROUP, request.groupName(), request.policyName(), request.policyDocument());
    }

    public GetGroupPolicyResponse getGroupPolicy(GetGroupPolicyRequest request) {
        return GetGroupPolicyResponse.builder()
                .groupName(request.groupName())
                .policyName(request.policyName())
                .policyDocument(get(EntityKind.GROUP, request.groupName(), request.policyName()))
                .build();
    }

    public ListGroupPoliciesResponse listGroupPolicies(ListGroupPoliciesRequest request) {
        Page<String> names =
                list(EntityKind.GROUP, request.groupName(), Page.Request.of(request.marker(), request.maxItems()));
        return ListGroupPoliciesResponse.builder()
                .policyNames(names.items())
                .isTruncated(names.isTruncated())
                .marker(names.marker())
                .build();
    }

    public void deleteGroupPolicy(DeleteGroupPolicyRequest request) {
        delete(EntityKind.GROUP, request.groupName(), request.policyName());
    }

    public void putRolePolicy(PutRolePolicyRequest request) {
        put(EntityKind.ROLE, request.roleName(), request.policyName(), request.policyDocument());
    }

    public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
        return GetRolePolicyResponse.builder()
                .roleName(request.roleName())
                .policyName(request.policyName())
                .policyDocument(get(EntityKind.ROLE, request.roleName(), request.policyName()))
                .build();
    }

    public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
        Page<String> names =
                list(EntityKind.ROLE, request.roleName(), Page.Request.of(request.marker(), request.maxItems()));
        return ListRolePoliciesResponse.builder()
                .policyNames(names.items())
                .isTruncated(names.isTruncated())
                .marker(names.marker())
                .build();
    }

    public void deleteRolePolicy(DeleteRolePolicyRequest request) {
        delete(EntityKind.ROLE, request.roleName(), request.policyName());
    }

    private void put(EntityKind kind, String entityName, String name, String document) {
        PolicyTexts.parse(document, PolicyKind.IDENTITY);
        changes.run(() -> {
            Entity entity = entities.lock(kind, entityName);
            grants.putInline(entity, name, document);
            int size = grants.inline(entity).values().stream()
                    .mapToInt(PolicyTexts::size)
                    .sum();
            if (size > Quotas.inlineCharacters(kind)) {
                throw IamErrors.limitExceeded("Maximum policy size of " + Quotas.inlineCharacters(kind)
                        + " bytes exceeded for " + kind.word() + " " + entityName);
            }
        });
    }

    private String get(EntityKind kind, String entityName, String name) {
        Entity entity = entities.require(kind, entityName);
        return PolicyTexts.encode(grants.inline(entity, name).orElseThrow(() -> noSuchPolicy(kind, name)));
    }

    private Page<String> list(EntityKind kind, String entityName, Page.Request page) {
        Entity entity = entities.require(kind, entityName);
        return page.pageOf(List.copyOf(grants.inline(entity).keySet()), name -> name);
    }

    private void delete(EntityKind kind, String entityName, String name) {
        changes.run(() -> {
            if (!grants.deleteInline(entities.lock(kind, entityName), name)) {
                throw noSuchPolicy(kind, name);
            }
        });
    }

    private static AwsException noSuchPolicy(EntityKind kind, String name) {
        return IamErrors.noSuchEntity("The " + kind.word() + " policy with name " + name + " cannot be found.");
    }
}
