package io.riacho.auth.kms.material;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one version of a key's material.
 *
 * @param id 64 hexadecimal digits
 * @param version from 1, in the order in which they were made
 * @param rotation how it came to replace the version before; null for the first
 */
public record MaterialRecord(
        String id,
        UUID keyId,
        int version,
        Instant createdAt,
        @Nullable Rotation rotation) {

    /** Why material was made anew. */
    public enum Rotation {
        AUTOMATIC,
        ON_DEMAND
    }
}
