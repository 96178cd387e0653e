package io.riacho.flink.function;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Timestamps as milliseconds since the epoch and back, in UTC; what is out of a timestamp's range is NULL. */
final class Moments {
    /** The years that Flink's TIMESTAMP holds. */
    private static final long LEAST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

    private static final long MOST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private Moments() {}

    static long millis(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    static @Nullable LocalDateTime of(long millis) {
        return millis < LEAST || millis > MOST
                ? null
                : LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
