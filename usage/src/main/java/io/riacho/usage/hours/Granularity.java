package io.riacho.usage.hours;

import java.time.Duration;
import java.util.Locale;

/** By what usage is summed up, in UTC. */
public enum Granularity {
    HOUR(Duration.ofDays(1)),
    DAY(Duration.ofDays(30)),
    MONTH(Duration.ofDays(365));

    private final Duration usualTime;

    Granularity(Duration usualTime) {
        this.usualTime = usualTime;
    }

    /** What is looked at where nobody says. */
    public Duration usualTime() {
        return usualTime;
    }

    /** As PostgreSQL, and callers, call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
