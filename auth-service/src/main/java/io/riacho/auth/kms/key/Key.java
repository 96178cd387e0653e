package io.riacho.auth.kms.key;

import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.policy.NamedPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as it was at one moment.
 *
 * @param isManagedByAws whether it is one of the keys behind {@code alias/aws/…}
 * @param deletion null where none is scheduled
 * @param rotation null where material is not made anew by itself
 * @param materialId of the material that encrypts
 * @param aliases with their {@code alias/}, in order
 */
public record Key(
        UUID id,
        String arn,
        Instant createdAt,
        String description,
        boolean isManagedByAws,
        KeyState state,
        NamedPolicy policy,
        Map<String, String> tags,
        @Nullable Deletion deletion,
        @Nullable RotationPlan rotation,
        String materialId,
        List<String> aliases) {

    /** When the key will be gone, and after how many days of waiting. */
    public record Deletion(Instant at, int pendingDays) {}

    /** How often material is made anew, and when next. */
    public record RotationPlan(int periodDays, Instant next) {}

    /** @throws io.riacho.protocol.AwsException DisabledException or KMSInvalidStateException where it is not enabled */
    public Key requireEnabled() {
        requireNotPendingDeletion();
        if (state == KeyState.DISABLED) {
            throw KmsErrors.disabled(arn);
        }
        return this;
    }

    /** @throws io.riacho.protocol.AwsException KMSInvalidStateException where it is */
    public Key requireNotPendingDeletion() {
        if (state == KeyState.PENDING_DELETION) {
            throw KmsErrors.pendingDeletion(arn);
        }
        return this;
    }
}
