package io.riacho.streams.rest;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How server-sent events are given out.
 *
 * @param most how many readers there may be at once
 * @param heartbeat how long a reader hears nothing at the most
 * @param duration how long a reader is served before it has to connect, and to prove who it is, again
 */
@ConfigurationProperties("riacho.streams.subscriptions")
public record SubscriptionSettings(
        @DefaultValue("1000") int most,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("5m") Duration duration) {}
