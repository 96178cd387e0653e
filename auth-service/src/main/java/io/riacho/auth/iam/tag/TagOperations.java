package io.riacho.auth.iam.tag;

import io.riacho.auth.iam.IamChanges;
import io.riacho.auth.iam.Page;
import io.riacho.auth.iam.TagStore;
import io.riacho.auth.iam.Tags;
import io.riacho.auth.iam.entity.EntityStore;
import io.riacho.auth.iam.managed.ManagedPolicyStore;
import io.riacho.auth.identity.EntityKind;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListUserTagsRequest;
import software.amazon.awssdk.services.iam.model.ListUserTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;

/** Tags of users, roles and managed policies. */
public final class TagOperations {

    private final EntityStore entities;
    private final ManagedPolicyStore policies;
    private final TagStore ofEntities;
    private final TagStore ofPolicies;
    private final IamChanges changes;

    public TagOperations(
            EntityStore entities,
            ManagedPolicyStore policies,
            TagStore ofEntities,
            TagStore ofPolicies,
            IamChanges changes) {
        this.entities = entities;
        this.policies = policies;
        this.ofEntities = ofEntities;
        this.ofPolicies = ofPolicies;
        this.changes = changes;
    }

    public void tagUser(TagUserRequest request) {
        Map<String, String> given = Tags.of(request.tags());
        changes.run(() -> ofEntities.put(
                entities.lock(EntityKind.USER, request.userName()).id(), given));
    }

    public void untagUser(UntagUserRequest request) {
        changes.run(() -> ofEntities.remove(
                entities.lock(EntityKind.USER, request.userName()).id(), request.tagKeys()));
    }

    public ListUserTagsResponse listUserTags(ListUserTagsRequest request) {
        Page<Tag> page = page(
                ofEntities.of(
                        entities.require(EntityKind.USER, request.userName()).id()),
                Page.Request.of(request.marker(), request.maxItems()));
        return ListUserTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.isTruncated())
                .marker(page.marker())
                .build();
    }

    public void tagRole(TagRoleRequest request) {
        Map<String, String> given = Tags.of(request.tags());
        changes.run(() -> ofEntities.put(
                entities.lock(EntityKind.ROLE, request.roleName()).id(), given));
    }

    public void untagRole(UntagRoleRequest request) {
        changes.run(() -> ofEntities.remove(
                entities.lock(EntityKind.ROLE, request.roleName()).id(), request.tagKeys()));
    }

    public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
        Page<Tag> page = page(
                ofEntities.of(
                        entities.require(EntityKind.ROLE, request.roleName()).id()),
                Page.Request.of(request.marker(), request.maxItems()));
        return ListRoleTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.isTruncated())
                .marker(page.marker())
                .build();
    }

    public void tagPolicy(TagPolicyRequest request) {
        Map<String, String> given = Tags.of(request.tags());
        changes.run(() ->
                ofPolicies.put(policies.requireToChange(request.policyArn()).id(), given));
    }

    public void untagPolicy(UntagPolicyRequest request) {
        changes.run(() ->
                ofPolicies.remove(policies.requireToChange(request.policyArn()).id(), request.tagKeys()));
    }

    public ListPolicyTagsResponse listPolicyTags(ListPolicyTagsRequest request) {
        Page<Tag> page = page(
                ofPolicies.of(policies.require(request.policyArn()).id()),
                Page.Request.of(request.marker(), request.maxItems()));
        return ListPolicyTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.isTruncated())
                .marker(page.marker())
                .build();
    }

    private static Page<Tag> page(Map<String, String> tags, Page.Request page) {
        return page.pageOf(Tags.shapes(tags), Tag::key);
    }
}
