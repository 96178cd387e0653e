package io.riacho.auth.iam.entity;

import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Page;
import io.riacho.auth.iam.PolicyTexts;
import io.riacho.auth.iam.Quotas;
import io.riacho.auth.iam.Tags;
import io.riacho.auth.identity.EntityKind;
import io.riacho.policy.PolicyKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** Roles, their trust policies and permissions boundaries. */
public final class RoleOperations {

    private static final int MIN_SESSION_SECONDS = 3600;
    private static final int MAX_SESSION_SECONDS = 43_200;

    private final EntityChanges entities;

    public RoleOperations(EntityChanges entities) {
        this.entities = entities;
    }

    public CreateRoleResponse createRole(CreateRoleRequest request) {
        Map<String, String> tags = Tags.of(request.tags());
        Entity role = entities.create(
                EntityKind.ROLE,
                request.roleName(),
                request.path(),
                request.permissionsBoundary(),
                new Entity.RoleParts(
                        request.description(),
                        checked(request.assumeRolePolicyDocument()),
                        session(request.maxSessionDuration(), MIN_SESSION_SECONDS)),
                tags);
        return CreateRoleResponse.builder().role(EntityShapes.role(role, tags)).build();
    }

    public GetRoleResponse getRole(GetRoleRequest request) {
        Entity role = entities.store().require(EntityKind.ROLE, request.roleName());
        return GetRoleResponse.builder()
                .role(EntityShapes.role(role, entities.tags(role)))
                .build();
    }

    public ListRolesResponse listRoles(ListRolesRequest request) {
        Page.Request page = Page.Request.of(request.marker(), request.maxItems());
        Page<Entity> roles =
                page.page(entities.store().list(EntityKind.ROLE, request.pathPrefix(), page), Entity::name);
        return ListRolesResponse.builder()
                .roles(roles.map(role -> EntityShapes.role(role).build()))
                .isTruncated(roles.isTruncated())
                .marker(roles.marker())
                .build();
    }

    /** What is not given stays as it is, but the session's duration, which IAM then sets back. */
    public UpdateRoleResponse updateRole(UpdateRoleRequest request) {
        entities.change(EntityKind.ROLE, request.roleName(), role -> {
            Entity.RoleParts parts = role.requireRole();
            entities.store()
                    .updateRole(
                            role,
                            new Entity.RoleParts(
                                    request.description() == null ? parts.description() : request.description(),
                                    parts.trustPolicy(),
                                    session(request.maxSessionDuration(), MIN_SESSION_SECONDS)));
        });
        return UpdateRoleResponse.builder().build();
    }

    public UpdateRoleDescriptionResponse updateRoleDescription(UpdateRoleDescriptionRequest request) {
        entities.change(EntityKind.ROLE, request.roleName(), role -> {
            Entity.RoleParts parts = role.requireRole();
            entities.store()
                    .updateRole(
                            role,
                            new Entity.RoleParts(
                                    request.description(), parts.trustPolicy(), parts.maxSessionSeconds()));
        });
        Entity role = entities.store().require(EntityKind.ROLE, request.roleName());
        return UpdateRoleDescriptionResponse.builder()
                .role(EntityShapes.role(role, entities.tags(role)))
                .build();
    }

    public void updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest request) {
        String trust = checked(request.policyDocument());
        entities.change(EntityKind.ROLE, request.roleName(), role -> {
            Entity.RoleParts parts = role.requireRole();
            entities.store()
                    .updateRole(role, new Entity.RoleParts(parts.description(), trust, parts.maxSessionSeconds()));
        });
    }

    public void deleteRole(DeleteRoleRequest request) {
        entities.delete(EntityKind.ROLE, request.roleName());
    }

    public void putRolePermissionsBoundary(PutRolePermissionsBoundaryRequest request) {
        entities.setBoundary(EntityKind.ROLE, request.roleName(), request.permissionsBoundary());
    }

    public void deleteRolePermissionsBoundary(DeleteRolePermissionsBoundaryRequest request) {
        entities.setBoundary(EntityKind.ROLE, request.roleName(), null);
    }

    private static int session(@Nullable Integer seconds, int unless) {
        if (seconds == null) {
            return unless;
        }
        if (seconds < MIN_SESSION_SECONDS || seconds > MAX_SESSION_SECONDS) {
            throw IamErrors.validation("The maximum session duration of a role has to be between " + MIN_SESSION_SECONDS
                    + " and " + MAX_SESSION_SECONDS + " seconds.");
        }
        return seconds;
    }

    private static String checked(String document) {
        PolicyTexts.parse(document, PolicyKind.TRUST);
        if (PolicyTexts.size(document) > Quotas.TRUST_POLICY_CHARACTERS) {
            throw IamErrors.limitExceeded("ACLSizePerRole", Quotas.TRUST_POLICY_CHARACTERS);
        }
        return document;
    }
}
