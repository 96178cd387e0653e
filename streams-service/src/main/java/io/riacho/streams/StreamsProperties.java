package io.riacho.streams;

import io.riacho.log.LogSettings;
import io.riacho.streams.limit.LimitSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How Kinesis Data Streams runs.
 *
 * @param folder where the log lies, and what belongs to it
 * @param transition how long a stream stays CREATING, UPDATING or DELETING at the least
 * @param retentionInterval how often segments past their retention period are dropped
 * @param onDemandInterval how often on-demand streams are looked at, and over what time their load is averaged
 * @param monitoringInterval how often what was counted becomes values of metrics
 */
@ConfigurationProperties("riacho.streams")
public record StreamsProperties(
        Path folder,
        @DefaultValue("100ms") Duration transition,
        @DefaultValue("1m") Duration retentionInterval,
        @DefaultValue("15s") Duration onDemandInterval,
        @DefaultValue("10s") Duration monitoringInterval,
        @DefaultValue LimitSettings limits,
        @DefaultValue Log log) {

    /**
     * @param durability COMMIT acknowledges what is forced to the disk; OS what the operating system has taken, which a
     *     loss of power may lose
     * @param journalFileSize with {@code journalFiles}, how much may wait to be copied to segments
     */
    public record Log(
            @DefaultValue("COMMIT") LogSettings.Durability durability,
            @DefaultValue("64MB") DataSize journalFileSize,
            @DefaultValue("16") int journalFiles,
            @DefaultValue("64MB") DataSize segmentSize,
            @DefaultValue("1h") Duration segmentAge) {}
}
