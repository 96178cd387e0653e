package io.riacho.firehose.destination.warehouse;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DestinationPlan;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.BufferingHints;
import software.amazon.awssdk.services.firehose.model.CloudWatchLoggingOptions;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.CopyCommand;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.RedshiftRetryOptions;
import software.amazon.awssdk.services.firehose.model.RedshiftS3BackupMode;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/**
 * What is the same for all that a {@link RedshiftDestinationConfiguration} can mean. Defaults are those of
 * <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_RedshiftDestinationConfiguration.html">AWS's API reference</a>.
 */
public final class WarehouseConfiguration {

    private static final int RETRY_SECONDS = 3600;
    private static final int BUFFER_MEBIBYTES = 5;
    private static final int BUFFER_SECONDS = 300;

    private WarehouseConfiguration() {}

    public static RedshiftDestinationConfiguration complete(RedshiftDestinationConfiguration given) {
        refuse(given);
        RedshiftRetryOptions retry = given.retryOptions();
        RedshiftS3BackupMode backup =
                given.s3BackupMode() == null ? RedshiftS3BackupMode.DISABLED : given.s3BackupMode();
        if (backup == RedshiftS3BackupMode.ENABLED && given.s3BackupConfiguration() == null) {
            throw InvalidWarehouse.of("S3BackupConfiguration is missing, which S3BackupMode Enabled needs");
        }
        if (backup != RedshiftS3BackupMode.ENABLED && given.s3BackupConfiguration() != null) {
            throw InvalidWarehouse.of("S3BackupConfiguration is given, but S3BackupMode is not Enabled");
        }
        return given.toBuilder()
                .retryOptions(RedshiftRetryOptions.builder()
                        .durationInSeconds(
                                retry == null || retry.durationInSeconds() == null
                                        ? RETRY_SECONDS
                                        : retry.durationInSeconds())
                        .build())
                .s3BackupMode(backup)
                .s3Configuration(buffered(given.s3Configuration()))
                .cloudWatchLoggingOptions(
                        CloudWatchLoggingOptions.builder().enabled(false).build())
                .build();
    }

    private static void refuse(RedshiftDestinationConfiguration given) {
        CloudWatchLoggingOptions logging = given.cloudWatchLoggingOptions();
        if (logging != null && Boolean.TRUE.equals(logging.enabled())) {
            throw InvalidWarehouse.of(
                    "CloudWatchLoggingOptions: there is no CloudWatch Logs to write to, so Enabled has to be false");
        }
        if (given.secretsManagerConfiguration() != null
                && Boolean.TRUE.equals(given.secretsManagerConfiguration().enabled())) {
            throw InvalidWarehouse.of(
                    "SecretsManagerConfiguration: there is no Secrets Manager; give Username and Password");
        }
        if (given.username() == null || given.password() == null) {
            throw InvalidWarehouse.of("RedshiftDestinationConfiguration needs a Username and a Password");
        }
        CompressionFormat compression = given.s3Configuration().compressionFormat();
        if (compression == CompressionFormat.SNAPPY
                || compression == CompressionFormat.ZIP
                || compression == CompressionFormat.HADOOP_SNAPPY) {
            throw InvalidWarehouse.of("The compression formats SNAPPY and ZIP cannot be specified in"
                    + " RedshiftDestinationConfiguration.S3Configuration, because COPY does not read them");
        }
        CopyCommand copy = given.copyCommand();
        SqlName.table(copy.dataTableName(), "DataTableName");
        SqlName.columns(Objects.requireNonNullElse(copy.dataTableColumns(), ""), "DataTableColumns");
    }

    private static S3DestinationConfiguration buffered(S3DestinationConfiguration bucket) {
        BufferingHints hints = bucket.bufferingHints();
        return bucket.toBuilder()
                .bufferingHints(BufferingHints.builder()
                        .sizeInMBs(orElse(hints == null ? null : hints.sizeInMBs(), BUFFER_MEBIBYTES))
                        .intervalInSeconds(orElse(hints == null ? null : hints.intervalInSeconds(), BUFFER_SECONDS))
                        .build())
                .build();
    }

    private static int orElse(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    /** What fails goes to the bucket of {@code S3BackupConfiguration} where all is backed up there, else to that of {@code S3Configuration}. */
    public static DestinationPlan plan(RedshiftDestinationConfiguration configuration) {
        BufferingHints hints = configuration.s3Configuration().bufferingHints();
        boolean backsUpAll = configuration.s3BackupMode() == RedshiftS3BackupMode.ENABLED;
        return new DestinationPlan(
                BufferHints.of(hints.sizeInMBs(), hints.intervalInSeconds()),
                retry(configuration),
                configuration.processingConfiguration(),
                backsUpAll ? configuration.s3BackupConfiguration() : configuration.s3Configuration(),
                backsUpAll,
                "redshift-failed",
                false);
    }

    public static Duration retry(RedshiftDestinationConfiguration configuration) {
        return Duration.ofSeconds(configuration.retryOptions().durationInSeconds());
    }
}
