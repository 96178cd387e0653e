package io.riacho.analytics.runtime;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;

/** How long a client of Flink's REST API tries: left alone, for a minute and more. */
final class RestLimits {

    private RestLimits() {}

    static void set(Configuration connection) {
        connection.set(RestOptions.RETRY_MAX_ATTEMPTS, 3);
        connection.set(RestOptions.RETRY_DELAY, Duration.ofMillis(500));
        connection.set(RestOptions.CONNECTION_TIMEOUT, Duration.ofSeconds(5));
        connection.set(RestOptions.IDLENESS_TIMEOUT, Duration.ofMinutes(2));
    }
}
