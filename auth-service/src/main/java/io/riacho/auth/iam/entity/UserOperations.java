package io.riacho.auth.iam.entity;

import io.riacho.auth.iam.CallerNames;
import io.riacho.auth.iam.Page;
import io.riacho.auth.iam.Tags;
import io.riacho.auth.identity.EntityKind;
import io.riacho.protocol.RequestContext;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.UpdateUserRequest;
import software.amazon.awssdk.services.iam.model.User;

/** Users and their permissions boundaries. */
public final class UserOperations {

    private final EntityChanges entities;
    private final Supplier<Instant> accountMadeAt;

    /** @param accountMadeAt since when the root user is there */
    public UserOperations(EntityChanges entities, Supplier<Instant> accountMadeAt) {
        this.entities = entities;
        this.accountMadeAt = accountMadeAt;
    }

    public CreateUserResponse createUser(CreateUserRequest request) {
        Map<String, String> tags = Tags.of(request.tags());
        Entity user = entities.create(
                EntityKind.USER, request.userName(), request.path(), request.permissionsBoundary(), null, tags);
        return CreateUserResponse.builder().user(EntityShapes.user(user, tags)).build();
    }

    /** Without a name, of the caller. */
    public GetUserResponse getUser(GetUserRequest request, RequestContext context) {
        if (request.userName() == null && context.caller().isRoot()) {
            return GetUserResponse.builder().user(root(context)).build();
        }
        Entity user =
                entities.store().require(EntityKind.USER, CallerNames.orOwn(request.userName(), context.caller()));
        return GetUserResponse.builder()
                .user(EntityShapes.user(user, entities.tags(user)))
                .build();
    }

    public ListUsersResponse listUsers(ListUsersRequest request) {
        Page.Request page = Page.Request.of(request.marker(), request.maxItems());
        Page<Entity> users =
                page.page(entities.store().list(EntityKind.USER, request.pathPrefix(), page), Entity::name);
        return ListUsersResponse.builder()
                .users(users.map(user -> EntityShapes.user(user).build()))
                .isTruncated(users.isTruncated())
                .marker(users.marker())
                .build();
    }

    public void updateUser(UpdateUserRequest request) {
        entities.rename(EntityKind.USER, request.userName(), request.newUserName(), request.newPath());
    }

    public void deleteUser(DeleteUserRequest request) {
        entities.delete(EntityKind.USER, request.userName());
    }

    public void putUserPermissionsBoundary(PutUserPermissionsBoundaryRequest request) {
        entities.setBoundary(EntityKind.USER, request.userName(), request.permissionsBoundary());
    }

    public void deleteUserPermissionsBoundary(DeleteUserPermissionsBoundaryRequest request) {
        entities.setBoundary(EntityKind.USER, request.userName(), null);
    }

    private User root(RequestContext context) {
        return User.builder()
                .userId(context.accountId())
                .arn(context.principalArn())
                .createDate(accountMadeAt.get())
                .build();
    }
}
