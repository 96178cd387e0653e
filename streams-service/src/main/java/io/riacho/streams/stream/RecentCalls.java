package io.riacho.streams.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Calls that are allowed only so often in 24 hours. */
public final class RecentCalls {

    private static final Duration WINDOW = Duration.ofHours(24);

    private RecentCalls() {}

    /** Those of the times that lie in the last 24 hours. */
    public static List<Instant> of(List<Instant> times, Instant now) {
        return times.stream().filter(time -> time.isAfter(now.minus(WINDOW))).toList();
    }

    public static List<Instant> with(List<Instant> times, Instant now) {
        return Stream.concat(of(times, now).stream(), Stream.of(now)).toList();
    }
}
