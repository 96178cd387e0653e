package io.riacho.auth.iam.entity;

import io.riacho.auth.iam.IamChanges;
import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Page;
import io.riacho.auth.iam.Quotas;
import io.riacho.auth.identity.EntityKind;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupResponse;
import software.amazon.awssdk.services.iam.model.DeleteGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.UpdateGroupRequest;

/** Groups and who is in them. */
public final class GroupOperations {

    private final EntityChanges entities;
    private final IamChanges changes;

    public GroupOperations(EntityChanges entities, IamChanges changes) {
        this.entities = entities;
        this.changes = changes;
    }

    public CreateGroupResponse createGroup(CreateGroupRequest request) {
        Entity group = entities.create(EntityKind.GROUP, request.groupName(), request.path(), null, null, Map.of());
        return CreateGroupResponse.builder().group(EntityShapes.group(group)).build();
    }

    public GetGroupResponse getGroup(GetGroupRequest request) {
        Entity group = entities.store().require(EntityKind.GROUP, request.groupName());
        Page.Request page = Page.Request.of(request.marker(), request.maxItems());
        Page<Entity> users = page.page(entities.store().members(group, page), Entity::name);
        return GetGroupResponse.builder()
                .group(EntityShapes.group(group))
                .users(users.map(user -> EntityShapes.user(user).build()))
                .isTruncated(users.isTruncated())
                .marker(users.marker())
                .build();
    }

    public ListGroupsResponse listGroups(ListGroupsRequest request) {
        Page.Request page = Page.Request.of(request.marker(), request.maxItems());
        Page<Entity> groups =
                page.page(entities.store().list(EntityKind.GROUP, request.pathPrefix(), page), Entity::name);
        return ListGroupsResponse.builder()
                .groups(groups.map(EntityShapes::group))
                .isTruncated(groups.isTruncated())
                .marker(groups.marker())
                .build();
    }

    public void updateGroup(UpdateGroupRequest request) {
        entities.rename(EntityKind.GROUP, request.groupName(), request.newGroupName(), request.newPath());
    }

    public void deleteGroup(DeleteGroupRequest request) {
        entities.delete(EntityKind.GROUP, request.groupName());
    }

    public void addUserToGroup(AddUserToGroupRequest request) {
        changes.run(() -> {
            EntityStore store = entities.store();
            Entity user = store.lock(EntityKind.USER, request.userName());
            Entity group = store.lock(EntityKind.GROUP, request.groupName());
            store.addMember(user, group);
            if (store.groupsOf(user).size() > Quotas.GROUPS_PER_USER) {
                throw IamErrors.limitExceeded("GroupsPerUser", Quotas.GROUPS_PER_USER);
            }
        });
    }

    public void removeUserFromGroup(RemoveUserFromGroupRequest request) {
        changes.run(() -> {
            EntityStore store = entities.store();
            Entity user = store.lock(EntityKind.USER, request.userName());
            Entity group = store.lock(EntityKind.GROUP, request.groupName());
            if (!store.removeMember(user, group)) {
                throw IamErrors.noSuchEntity("User " + user.name() + " is not in group " + group.name() + ".");
            }
        });
    }

    public ListGroupsForUserResponse listGroupsForUser(ListGroupsForUserRequest request) {
        Entity user = entities.store().require(EntityKind.USER, request.userName());
        List<Entity> all = entities.store().groupsOf(user);
        Page<Entity> groups =
                Page.Request.of(request.marker(), request.maxItems()).pageOf(all, Entity::name);
        return ListGroupsForUserResponse.builder()
                .groups(groups.map(EntityShapes::group))
                .isTruncated(groups.isTruncated())
                .marker(groups.marker())
                .build();
    }
}
