package io.riacho.firehose;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How delivery streams are kept.
 *
 * @param folder where the key lies that their configurations are sealed with; the same for all processes on one database
 * @param maxDeliveryStreams how many there may be
 * @param pollInterval how often a process looks for what others have changed
 * @param takeover after what time another process goes on with what a process that died had begun
 */
@ConfigurationProperties("riacho.firehose")
public record DeliveryStreamProperties(
        Path folder,
        @DefaultValue("5000") int maxDeliveryStreams,
        @DefaultValue("2s") Duration pollInterval,
        @DefaultValue("10s") Duration takeover) {

    public DeliveryStreamProperties {
        if (!pollInterval.isPositive() || takeover.compareTo(pollInterval.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException(
                    "riacho.firehose.takeover has to be at least three times riacho.firehose.poll-interval");
        }
    }
}
