package io.riacho.auth.iam.policy;

import io.riacho.auth.iam.IamChanges;
import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Page;
import io.riacho.auth.iam.Quotas;
import io.riacho.auth.iam.entity.Entity;
import io.riacho.auth.iam.entity.EntityStore;
import io.riacho.auth.iam.managed.ManagedPolicy;
import io.riacho.auth.iam.managed.ManagedPolicyStore;
import io.riacho.auth.identity.EntityKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DetachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.PolicyGroup;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;

/** Which managed policies are attached to users, groups and roles. */
public final class AttachmentOperations {

    private final EntityStore entities;
    private final ManagedPolicyStore policies;
    private final GrantStore grants;
    private final IamChanges changes;

    public AttachmentOperations(
            EntityStore entities, ManagedPolicyStore policies, GrantStore grants, IamChanges changes) {
        this.entities = entities;
        this.policies = policies;
        this.grants = grants;
        this.changes = changes;
    }

    public void attachUserPolicy(AttachUserPolicyRequest request) {
        attach(EntityKind.USER, request.userName(), request.policyArn());
    }

    public void detachUserPolicy(DetachUserPolicyRequest request) {
        detach(EntityKind.USER, request.userName(), request.policyArn());
    }

    public ListAttachedUserPoliciesResponse listAttachedUserPolicies(ListAttachedUserPoliciesRequest request) {
        Page<GrantStore.Attached> attached = list(
                EntityKind.USER,
                request.userName(),
                request.pathPrefix(),
                Page.Request.of(request.marker(), request.maxItems()));
        return ListAttachedUserPoliciesResponse.builder()
                .attachedPolicies(attached.map(AttachmentOperations::shape))
                .isTruncated(attached.isTruncated())
                .marker(attached.marker())
                .build();
    }

    public void attachGroupPolicy(AttachGroupPolicyRequest request) {
        attach(EntityKind.GROUP, request.groupName(), request.policyArn());
    }

    public void detachGroupPolicy(DetachGroupPolicyRequest request) {
        detach(EntityKind.GROUP, request.groupName(), request.policyArn());
    }

    public ListAttachedGroupPoliciesResponse listAttachedGroupPolicies(ListAttachedGroupPoliciesRequest request) {
        Page<GrantStore.Attached> attached = list(
                EntityKind.GROUP,
                request.groupName(),
                request.pathPrefix(),
                Page.Request.of(request.marker(), request.maxItems()));
        return ListAttachedGroupPoliciesResponse.builder()
                .attachedPolicies(attached.map(AttachmentOperations::shape))
                .isTruncated(attached.isTruncated())
                .marker(attached.marker())
                .build();
    }

    public void attachRolePolicy(AttachRolePolicyRequest request) {
        attach(EntityKind.ROLE, request.roleName(), request.policyArn());
    }

    public void detachRolePolicy(DetachRolePolicyRequest request) {
        detach(EntityKind.ROLE, request.roleName(), request.policyArn());
    }

    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest request) {
        Page<GrantStore.Attached> attached = list(
                EntityKind.ROLE,
                request.roleName(),
                request.pathPrefix(),
                Page.Request.of(request.marker(), request.maxItems()));
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(attached.map(AttachmentOperations::shape))
                .isTruncated(attached.isTruncated())
                .marker(attached.marker())
                .build();
    }

    public ListEntitiesForPolicyResponse listEntitiesForPolicy(ListEntitiesForPolicyRequest request) {
        ManagedPolicy policy = policies.require(request.policyArn());
        boolean asBoundary =
                PolicyUsageType.PERMISSIONS_BOUNDARY.toString().equals(request.policyUsageFilterAsString());
        String prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
        List<Entity> all = entities.usersOf(policy.id(), asBoundary).stream()
                .filter(entity -> entity.path().startsWith(prefix))
                .filter(entity -> isWanted(entity, request.entityFilterAsString()))
                .toList();
        Page<Entity> page =
                Page.Request.of(request.marker(), request.maxItems()).pageOf(all, Entity::id);
        return ListEntitiesForPolicyResponse.builder()
                .policyUsers(of(page, EntityKind.USER).stream()
                        .map(user -> PolicyUser.builder()
                                .userName(user.name())
                                .userId(user.id())
                                .build())
                        .toList())
                .policyGroups(of(page, EntityKind.GROUP).stream()
                        .map(group -> PolicyGroup.builder()
                                .groupName(group.name())
                                .groupId(group.id())
                                .build())
                        .toList())
                .policyRoles(of(page, EntityKind.ROLE).stream()
                        .map(role -> PolicyRole.builder()
                                .roleName(role.name())
                                .roleId(role.id())
                                .build())
                        .toList())
                .isTruncated(page.isTruncated())
                .marker(page.marker())
                .build();
    }

    private void attach(EntityKind kind, String name, String policyArn) {
        changes.run(() -> {
            Entity entity = entities.lock(kind, name);
            grants.attach(entity, policies.requireToAttach(policyArn));
            if (grants.attached(entity).size() > Quotas.ATTACHED_POLICIES) {
                throw IamErrors.limitExceeded("PoliciesPer" + Quotas.upper(kind), Quotas.ATTACHED_POLICIES);
            }
        });
    }

    private void detach(EntityKind kind, String name, String policyArn) {
        changes.run(() -> {
            Entity entity = entities.lock(kind, name);
            ManagedPolicy policy = policies.require(policyArn);
            if (!grants.detach(entity, policy)) {
                throw IamErrors.noSuchPolicy(policyArn);
            }
        });
    }

    private Page<GrantStore.Attached> list(
            EntityKind kind, String name, @Nullable String pathPrefix, Page.Request page) {
        List<GrantStore.Attached> all = grants.attached(entities.require(kind, name)).stream()
                .filter(policy -> pathPrefix == null || policy.path().startsWith(pathPrefix))
                .sorted(Comparator.comparing(AttachmentOperations::order))
                .toList();
        return page.pageOf(all, AttachmentOperations::order);
    }

    private static String order(GrantStore.Attached policy) {
        return policy.name() + '/' + policy.arn();
    }

    /** As it is listed for whom it is attached to. */
    public static AttachedPolicy shape(GrantStore.Attached policy) {
        return AttachedPolicy.builder()
                .policyName(policy.name())
                .policyArn(policy.arn())
                .build();
    }

    private static List<Entity> of(Page<Entity> page, EntityKind kind) {
        return page.items().stream().filter(entity -> entity.kind() == kind).toList();
    }

    private static boolean isWanted(Entity entity, @Nullable String filter) {
        return filter == null
                || filter.toUpperCase(Locale.ROOT).equals(entity.kind().name());
    }
}
