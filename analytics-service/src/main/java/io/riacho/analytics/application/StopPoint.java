package io.riacho.analytics.application;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an application stopped last.
 *
 * @param state its savepoint or checkpoint; null where it had none
 * @param readUntil all records that arrived before were read
 * @param version of the application whose state it is
 */
public record StopPoint(@Nullable String state, Instant readUntil, long version) {}
