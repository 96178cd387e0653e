package io.riacho.firehose.destination.warehouse;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.s3.S3Configurations;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.services.firehose.model.BufferingHints;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.CopyCommand;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.RedshiftRetryOptions;
import software.amazon.awssdk.services.firehose.model.RedshiftS3BackupMode;

/**
 * What is the same for all that a {@link RedshiftDestinationConfiguration} can mean. Defaults are those of
 * <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_RedshiftDestinationConfiguration.html">AWS's API reference</a>.
 */
public final class WarehouseConfiguration {

    private static final int RETRY_SECONDS = 3600;

    private WarehouseConfiguration() {}

    public static RedshiftDestinationConfiguration complete(
            RedshiftDestinationConfiguration given, S3Configurations buckets) {
        refuse(given);
        RedshiftRetryOptions retry = given.retryOptions();
        RedshiftS3BackupMode backup =
                given.s3BackupMode() == null ? RedshiftS3BackupMode.DISABLED : given.s3BackupMode();
        if (backup == RedshiftS3BackupMode.ENABLED && given.s3BackupConfiguration() == null) {
            throw InvalidWarehouse.of("S3BackupConfiguration is missing, which S3BackupMode Enabled needs");
        }
        return given.toBuilder()
                .retryOptions(RedshiftRetryOptions.builder()
                        .durationInSeconds(
                                retry == null || retry.durationInSeconds() == null
                                        ? RETRY_SECONDS
                                        : retry.durationInSeconds())
                        .build())
                .s3BackupMode(backup)
                .s3Configuration(buckets.complete(given.s3Configuration()))
                .s3BackupConfiguration(
                        given.s3BackupConfiguration() == null ? null : buckets.complete(given.s3BackupConfiguration()))
                .cloudWatchLoggingOptions(S3Configurations.logging(given.cloudWatchLoggingOptions()))
                .build();
    }

    private static void refuse(RedshiftDestinationConfiguration given) {
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
