package io.riacho.auth.sts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How long sessions may last. */
final class Durations {

    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration DEFAULT_OF_ROLE = Duration.ofHours(1);
    private static final Duration LONGEST_OF_USER = Duration.ofHours(36);
    private static final Duration DEFAULT_OF_USER = Duration.ofHours(12);
    private static final Duration LONGEST_OF_ROOT = Duration.ofHours(1);

    private Durations() {}

    /** A session's length that was found to be allowed. */
    record Allowed(Duration length) {}

    static Allowed ofRole(@Nullable Integer seconds, Duration longest) {
        Duration length = seconds == null ? DEFAULT_OF_ROLE : Duration.ofSeconds(seconds);
        requireLongEnough(length);
        if (length.compareTo(longest) > 0) {
            throw StsErrors.invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        return new Allowed(length);
    }

    /** Root's sessions are cut to an hour, as AWS does. */
    static Allowed ofUser(@Nullable Integer seconds, boolean isRoot) {
        Duration length = seconds == null ? DEFAULT_OF_USER : Duration.ofSeconds(seconds);
        requireLongEnough(length);
        if (length.compareTo(LONGEST_OF_USER) > 0) {
            throw StsErrors.invalid("The requested DurationSeconds exceeds " + LONGEST_OF_USER.toSeconds());
        }
        return new Allowed(isRoot && length.compareTo(LONGEST_OF_ROOT) > 0 ? LONGEST_OF_ROOT : length);
    }

    static Instant now(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void requireLongEnough(Duration length) {
        if (length.compareTo(SHORTEST) < 0) {
            throw StsErrors.invalid("The requested DurationSeconds is less than " + SHORTEST.toSeconds());
        }
    }
}
