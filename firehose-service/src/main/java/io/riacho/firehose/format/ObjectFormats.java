package io.riacho.firehose.format;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;

/** Finds the format that a configuration asks for. Safe for use by many threads. */
public final class ObjectFormats {

    /** The format of a bucket that only has a compression, such as one for backups; null is no compression. */
    public ObjectFormat of(@Nullable CompressionFormat compression) {
        return records(compression, null);
    }

    /** @param configuration one that {@code check} let pass */
    public ObjectFormat of(ExtendedS3DestinationConfiguration configuration) {
        return records(configuration.compressionFormat(), configuration.fileExtension());
    }

    private static ObjectFormat records(@Nullable CompressionFormat format, @Nullable String extension) {
        Compression compression = format == null ? Compression.UNCOMPRESSED : Compression.of(format);
        return new RecordsFormat(compression, extensionOf(extension, compression.extension()));
    }

    private static String extensionOf(@Nullable String asked, String usual) {
        return asked == null || asked.isEmpty() ? usual : asked;
    }
}
