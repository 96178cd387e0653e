package io.riacho.streams.fanout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How SubscribeToShard serves.
 *
 * @param most how many subscriptions there may be at once
 * @param duration how long one lasts at the most
 * @param heartbeat how long a consumer hears nothing at the most
 * @param takeover how long a subscription cannot be taken over by another of the same consumer and shard
 * @param recheck how often a subscription asks whether its caller may still read
 * @param memory what all events on their way to consumers may take; by default an eighth of the heap
 */
@ConfigurationProperties("riacho.streams.fan-out")
public record FanOutSettings(
        @DefaultValue("10000") int most,
        @DefaultValue("5m") Duration duration,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("5s") Duration takeover,
        @DefaultValue("2s") Duration recheck,
        @Nullable DataSize memory) {

    public FanOutSettings {
        requirePositive("duration", duration);
        requirePositive("heartbeat", heartbeat);
        requirePositive("recheck", recheck);
    }

    long memoryBytes() {
        return memory != null ? memory.toBytes() : Runtime.getRuntime().maxMemory() / 8;
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("riacho.streams.fan-out." + name + " has to be positive");
        }
    }
}
