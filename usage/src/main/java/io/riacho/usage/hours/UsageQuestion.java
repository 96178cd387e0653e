package io.riacho.usage.hours;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param from the first hour
 * @param to the hour behind the last
 * @param kind which alone is wanted, as the other filters; null for all
 */
public record UsageQuestion(
        Instant from,
        Instant to,
        Granularity granularity,
        boolean byKind,
        boolean byResource,
        boolean byPrincipal,
        @Nullable String kind,
        @Nullable String resource,
        @Nullable String principal,
        @Nullable String meter) {}
