package io.riacho.usage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How usage is metered.
 *
 * @param enabled whether it is; what is used while it is not is never counted
 * @param interval how often what was metered is added to PostgreSQL
 * @param retention how long hours are kept
 * @param newSubjects how many pairs of a resource and a principal may come up in an hour; what others use is put together
 * @param journalFileSize of each file of the journal
 * @param journalSize of all files, which pile up while PostgreSQL is away
 */
@ConfigurationProperties("riacho.usage")
public record UsageProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("10s") Duration interval,
        @DefaultValue("400d") Duration retention,
        @DefaultValue("20000") int newSubjects,
        @DefaultValue("4MB") DataSize journalFileSize,
        @DefaultValue("1GB") DataSize journalSize) {

    private static final long LEAST_FILE = 4 << 10;
    private static final long LARGEST_FILE = 1 << 30;

    public UsageProperties {
        if (interval.toMillis() < 1 || retention.toHours() < 1 || newSubjects < 1) {
            throw new IllegalArgumentException(
                    "riacho.usage: interval, retention and new-subjects have to be positive, retention an hour at"
                            + " least");
        }
        long file = journalFileSize.toBytes();
        if (file < LEAST_FILE || file > LARGEST_FILE || file % LEAST_FILE != 0) {
            throw new IllegalArgumentException(
                    "riacho.usage.journal-file-size has to be a multiple of 4 KB, 1 GB at the most");
        }
    }
}
