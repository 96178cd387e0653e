package io.riacho.auth.kms.key;

import java.time.Instant;
import java.util.UUID;

/** @param name with its {@code alias/} */
public record Alias(String name, UUID keyId, Instant createdAt, Instant updatedAt) {}
