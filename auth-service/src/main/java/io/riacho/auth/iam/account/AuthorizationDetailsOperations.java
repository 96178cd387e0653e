package io.riacho.auth.iam.account;

import io.riacho.auth.iam.Page;
import io.riacho.auth.iam.PolicyTexts;
import io.riacho.auth.iam.TagStore;
import io.riacho.auth.iam.Tags;
import io.riacho.auth.iam.entity.Entity;
import io.riacho.auth.iam.entity.EntityShapes;
import io.riacho.auth.iam.entity.EntityStore;
import io.riacho.auth.iam.managed.ManagedPolicy;
import io.riacho.auth.iam.managed.ManagedPolicyOperations;
import io.riacho.auth.iam.managed.ManagedPolicyStore;
import io.riacho.auth.iam.policy.AttachmentOperations;
import io.riacho.auth.iam.policy.GrantStore;
import io.riacho.auth.identity.EntityKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GroupDetail;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.UserDetail;

/** Everything about everybody, in pages. Of AWS's policies those that are in use. */
public final class AuthorizationDetailsOperations {

    private static final Page.Request ALL = new Page.Request("", 100_000);

    private final EntityStore entities;
    private final ManagedPolicyStore policies;
    private final GrantStore grants;
    private final TagStore entityTags;

    public AuthorizationDetailsOperations(
            EntityStore entities, ManagedPolicyStore policies, GrantStore grants, TagStore entityTags) {
        this.entities = entities;
        this.policies = policies;
        this.grants = grants;
        this.entityTags = entityTags;
    }

    public GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(
            GetAccountAuthorizationDetailsRequest request) {
        Set<String> filter = Set.copyOf(request.filterAsStrings());
        List<Item> all = new ArrayList<>();
        addEntities(all, filter, "Group", EntityKind.GROUP);
        addEntities(all, filter, "Role", EntityKind.ROLE);
        addEntities(all, filter, "User", EntityKind.USER);
        for (ManagedPolicy policy : policies.all()) {
            boolean inUse = policy.attachments() + policy.boundaries() > 0;
            if (policy.awsManaged()
                    ? inUse && wants(filter, "AWSManagedPolicy")
                    : wants(filter, "LocalManagedPolicy")) {
                all.add(new Item("policy/" + policy.name() + '/' + policy.id(), null, policy));
            }
        }
        all.sort(Comparator.comparing(Item::key));
        Page<Item> page = Page.Request.of(request.marker(), request.maxItems()).pageOf(all, Item::key);
        return GetAccountAuthorizationDetailsResponse.builder()
                .userDetailList(
                        of(page, EntityKind.USER).stream().map(this::user).toList())
                .groupDetailList(
                        of(page, EntityKind.GROUP).stream().map(this::group).toList())
                .roleDetailList(
                        of(page, EntityKind.ROLE).stream().map(this::role).toList())
                .policies(page.items().stream()
                        .<ManagedPolicy>mapMulti((item, next) -> {
                            if (item.policy != null) {
                                next.accept(item.policy);
                            }
                        })
                        .map(this::policy)
                        .toList())
                .isTruncated(page.isTruncated())
                .marker(page.marker())
                .build();
    }

    private void addEntities(List<Item> items, Set<String> filter, String type, EntityKind kind) {
        if (wants(filter, type)) {
            for (Entity entity : entities.list(kind, "/", ALL)) {
                items.add(new Item(kind.word() + '/' + entity.name(), entity, null));
            }
        }
    }

    private UserDetail user(Entity user) {
        return UserDetail.builder()
                .path(user.path())
                .userName(user.name())
                .userId(user.id())
                .arn(user.arn())
                .createDate(user.createdAt())
                .userPolicyList(inline(user))
                .groupList(entities.groupsOf(user).stream().map(Entity::name).toList())
                .attachedManagedPolicies(attached(user))
                .permissionsBoundary(EntityShapes.boundary(user))
                .tags(Tags.shapes(entityTags.of(user.id())))
                .build();
    }

    private GroupDetail group(Entity group) {
        return GroupDetail.builder()
                .path(group.path())
                .groupName(group.name())
                .groupId(group.id())
                .arn(group.arn())
                .createDate(group.createdAt())
                .groupPolicyList(inline(group))
                .attachedManagedPolicies(attached(group))
                .build();
    }

    private RoleDetail role(Entity role) {
        return RoleDetail.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(role.createdAt())
                .assumeRolePolicyDocument(PolicyTexts.encode(role.requireRole().trustPolicy()))
                .rolePolicyList(inline(role))
                .attachedManagedPolicies(attached(role))
                .permissionsBoundary(EntityShapes.boundary(role))
                .instanceProfileList(List.of())
                .tags(Tags.shapes(entityTags.of(role.id())))
                .build();
    }

    private ManagedPolicyDetail policy(ManagedPolicy policy) {
        return ManagedPolicyDetail.builder()
                .policyName(policy.name())
                .policyId(policy.id())
                .arn(policy.arn())
                .path(policy.path())
                .defaultVersionId(policy.defaultVersionId())
                .attachmentCount(policy.attachments())
                .permissionsBoundaryUsageCount(policy.boundaries())
                .isAttachable(true)
                .description(policy.description())
                .createDate(policy.createdAt())
                .updateDate(policy.updatedAt())
                .policyVersionList(policies.versions(policy).stream()
                        .map(version -> ManagedPolicyOperations.shape(policy, version, true))
                        .toList())
                .build();
    }

    private List<PolicyDetail> inline(Entity entity) {
        return grants.inline(entity).entrySet().stream()
                .map(policy -> PolicyDetail.builder()
                        .policyName(policy.getKey())
                        .policyDocument(PolicyTexts.encode(policy.getValue()))
                        .build())
                .toList();
    }

    private List<AttachedPolicy> attached(Entity entity) {
        return grants.attached(entity).stream().map(AttachmentOperations::shape).toList();
    }

    private static boolean wants(Set<String> filter, String type) {
        return filter.isEmpty() || filter.contains(type);
    }

    private static List<Entity> of(Page<Item> page, EntityKind kind) {
        List<Entity> found = new ArrayList<>();
        for (Item item : page.items()) {
            if (item.entity != null && item.entity.kind() == kind) {
                found.add(item.entity);
            }
        }
        return found;
    }

    /** One of both. */
    private record Item(
            String key, @Nullable Entity entity, @Nullable ManagedPolicy policy) {}
}
