package io.riacho.protocol.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * How the audit log is kept.
 *
 * @param folder by default {@code audit} in the data folder
 * @param fileSize a file is closed when it is so large, and at midnight UTC
 * @param days closed files are deleted when they are older
 * @param totalSize or when all of them are larger, oldest first
 * @param required whether a change is refused that cannot be audited; otherwise it is served, and an error logged
 */
@ConfigurationProperties("riacho.audit")
public record AuditProperties(
        @Nullable Path folder,
        @DefaultValue("16MB") DataSize fileSize,
        @DefaultValue("90") int days,
        @DefaultValue("1GB") DataSize totalSize,
        @DefaultValue("false") boolean required) {

    private static final DataSize SMALLEST_FILE = DataSize.ofKilobytes(64);
    private static final int MOST_DAYS = 36_500;

    public AuditProperties {
        if (fileSize.compareTo(SMALLEST_FILE) < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.audit.file-size", fileSize, "It has to be at least 64KB.");
        }
        if (totalSize.toBytes() / 2 < fileSize.toBytes()) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.audit.total-size", totalSize, "It has to be at least twice riacho.audit.file-size.");
        }
        if (days < 1 || days > MOST_DAYS) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.audit.days", days, "It has to be 1 to " + MOST_DAYS + ".");
        }
    }
}
