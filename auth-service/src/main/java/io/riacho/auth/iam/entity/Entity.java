package io.riacho.auth.iam.entity;

import io.riacho.auth.identity.EntityKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user, group or role.
 *
 * @param boundaryArn its permissions boundary; null where it has none
 * @param role what only a role has; null for others
 */
public record Entity(
        String id,
        EntityKind kind,
        String name,
        String path,
        String arn,
        Instant createdAt,
        @Nullable String boundaryArn,
        @Nullable RoleParts role) {

    /** @param trustPolicy the document that says who may assume it */
    public record RoleParts(@Nullable String description, String trustPolicy, int maxSessionSeconds) {}

    public RoleParts requireRole() {
        if (role == null) {
            throw new IllegalStateException(arn + " is no role");
        }
        return role;
    }
}
