package io.riacho.auth.iam.entity;

import io.riacho.auth.iam.PolicyTexts;
import io.riacho.auth.iam.Tags;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.User;

/** Users, groups and roles as IAM's API shows them: boundary and tags only where one thing is asked for. */
public final class EntityShapes {

    private EntityShapes() {}

    static User.Builder user(Entity user) {
        return User.builder()
                .path(user.path())
                .userName(user.name())
                .userId(user.id())
                .arn(user.arn())
                .createDate(user.createdAt());
    }

    static User user(Entity user, Map<String, String> tags) {
        return user(user)
                .permissionsBoundary(boundary(user))
                .tags(Tags.shapes(tags))
                .build();
    }

    static Group group(Entity group) {
        return Group.builder()
                .path(group.path())
                .groupName(group.name())
                .groupId(group.id())
                .arn(group.arn())
                .createDate(group.createdAt())
                .build();
    }

    static Role.Builder role(Entity role) {
        Entity.RoleParts parts = role.requireRole();
        return Role.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(role.createdAt())
                .assumeRolePolicyDocument(PolicyTexts.encode(parts.trustPolicy()))
                .description(parts.description())
                .maxSessionDuration(parts.maxSessionSeconds());
    }

    static Role role(Entity role, Map<String, String> tags) {
        return role(role)
                .permissionsBoundary(boundary(role))
                .tags(Tags.shapes(tags))
                .build();
    }

    public static @Nullable AttachedPermissionsBoundary boundary(Entity entity) {
        return entity.boundaryArn() == null
                ? null
                : AttachedPermissionsBoundary.builder()
                        .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
                        .permissionsBoundaryArn(entity.boundaryArn())
                        .build();
    }
}
