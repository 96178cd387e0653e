package io.riacho.firehose.destination.s3;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.DestinationType;
import io.riacho.firehose.error.FirehoseErrors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.BufferingHints;
import software.amazon.awssdk.services.firehose.model.DataFormatConversionConfiguration;
import software.amazon.awssdk.services.firehose.model.DynamicPartitioningConfiguration;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.RetryOptions;
import software.amazon.awssdk.services.firehose.model.S3BackupMode;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/**
 * Delivery to a bucket.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html">
 *     ExtendedS3DestinationConfiguration</a>
 */
public final class S3DestinationType implements DestinationType<ExtendedS3DestinationConfiguration> {

    private static final BufferingHints HINTS = S3Configurations.hints(5, 300);

    /** Of many buffers, or of a format that is of use in large objects only. */
    private static final BufferingHints LARGE_HINTS = S3Configurations.hints(128, 300);

    private static final int LEAST_LARGE = 64;
    private static final int LEAST_SECONDS = 60;
    private static final int RETRY_SECONDS = 300;

    private final S3Configurations configurations;
    private final PrefixCheck prefixes;
    private final S3Destinations destinations;

    public S3DestinationType(PrefixCheck prefixes, S3Destinations destinations) {
        this.configurations = new S3Configurations(prefixes);
        this.prefixes = prefixes;
        this.destinations = destinations;
    }

    @Override
    public Class<ExtendedS3DestinationConfiguration> configuration() {
        return ExtendedS3DestinationConfiguration.class;
    }

    @Override
    public ExtendedS3DestinationConfiguration complete(ExtendedS3DestinationConfiguration given) {
        S3Configurations.requireTarget(given.roleARN(), given.bucketARN());
        boolean partitioned = isPartitioned(given);
        prefixes.check(given.prefix(), given.errorOutputPrefix(), partitioned, given.customTimeZone());
        boolean converted = isConverted(given.dataFormatConversionConfiguration());
        BufferingHints hints =
                S3Configurations.hints(given.bufferingHints(), partitioned || converted ? LARGE_HINTS : HINTS);
        checkHints(hints, partitioned, converted);
        if (converted && isCompressed(given.compressionFormatAsString())) {
            throw FirehoseErrors.invalidArgument("The S3 destination's compression format must be set to UNCOMPRESSED"
                    + " when data format conversion is enabled");
        }
        return given.toBuilder()
                .bufferingHints(hints)
                .compressionFormat(S3Configurations.compression(given.compressionFormatAsString()))
                .encryptionConfiguration(S3Configurations.encryption(given.encryptionConfiguration()))
                .cloudWatchLoggingOptions(S3Configurations.logging(given.cloudWatchLoggingOptions()))
                .processingConfiguration(processing(given, partitioned))
                .s3BackupMode(
                        given.s3BackupModeAsString() == null
                                ? S3BackupMode.DISABLED.toString()
                                : given.s3BackupModeAsString())
                .s3BackupConfiguration(backup(given))
                .dataFormatConversionConfiguration(conversion(given.dataFormatConversionConfiguration()))
                .dynamicPartitioningConfiguration(partitioning(given.dynamicPartitioningConfiguration()))
                .build();
    }

    @Override
    public DestinationPlan plan(ExtendedS3DestinationConfiguration configuration) {
        BufferingHints hints = configuration.bufferingHints();
        boolean partitioned = isPartitioned(configuration);
        boolean backsUp = configuration.s3BackupMode() == S3BackupMode.ENABLED;
        ProcessingConfiguration processors = configuration.processingConfiguration();
        return new DestinationPlan(
                BufferHints.of(hints.sizeInMBs(), hints.intervalInSeconds()),
                partitioned
                        ? Duration.ofSeconds(configuration
                                .dynamicPartitioningConfiguration()
                                .retryOptions()
                                .durationInSeconds())
                        : null,
                processors != null && Boolean.TRUE.equals(processors.enabled()) ? processors : null,
                backsUp ? configuration.s3BackupConfiguration() : null,
                backsUp,
                "format-conversion-failed",
                partitioned);
    }

    @Override
    public Destination open(DeliveryStreamName stream, ExtendedS3DestinationConfiguration configuration) {
        return destinations.open(stream, configuration);
    }

    private static boolean isPartitioned(ExtendedS3DestinationConfiguration configuration) {
        DynamicPartitioningConfiguration partitioning = configuration.dynamicPartitioningConfiguration();
        return partitioning != null && Boolean.TRUE.equals(partitioning.enabled());
    }

    /** It is enabled unless it is said not to be. */
    private static boolean isConverted(@Nullable DataFormatConversionConfiguration conversion) {
        return conversion != null && !Boolean.FALSE.equals(conversion.enabled());
    }

    private static boolean isCompressed(@Nullable String format) {
        return format != null && !format.equals("UNCOMPRESSED");
    }

    private static void checkHints(BufferingHints hints, boolean partitioned, boolean converted) {
        if (partitioned && hints.sizeInMBs() < LEAST_LARGE) {
            throw FirehoseErrors.invalidArgument(
                    "BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.");
        }
        if (partitioned && hints.intervalInSeconds() < LEAST_SECONDS) {
            throw FirehoseErrors.invalidArgument(
                    "BufferingHints.IntervalInSeconds must be at least 60 when Dynamic Partitioning is enabled.");
        }
        if (converted && hints.sizeInMBs() < LEAST_LARGE) {
            throw FirehoseErrors.invalidArgument(
                    "BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.");
        }
    }

    private static @Nullable ProcessingConfiguration processing(
            ExtendedS3DestinationConfiguration given, boolean partitioned) {
        ProcessingConfiguration configuration = given.processingConfiguration();
        boolean enabled = configuration != null && Boolean.TRUE.equals(configuration.enabled());
        if (enabled && !partitioned) {
            refuseProcessor(configuration, ProcessorType.METADATA_EXTRACTION);
            refuseProcessor(configuration, ProcessorType.RECORD_DE_AGGREGATION);
        }
        requireProcessor(given, "!{partitionKeyFromQuery:", enabled, configuration, ProcessorType.METADATA_EXTRACTION);
        requireProcessor(given, "!{partitionKeyFromLambda:", enabled, configuration, ProcessorType.LAMBDA);
        return configuration;
    }

    private static void refuseProcessor(ProcessingConfiguration configuration, ProcessorType type) {
        if (has(configuration, type)) {
            throw FirehoseErrors.invalidArgument(type + " can only be present when Dynamic Partitioning is enabled.");
        }
    }

    private static void requireProcessor(
            ExtendedS3DestinationConfiguration given,
            String expression,
            boolean enabled,
            @Nullable ProcessingConfiguration configuration,
            ProcessorType type) {
        boolean present = enabled && configuration != null && has(configuration, type);
        if (!present && given.prefix() != null && given.prefix().contains(expression)) {
            throw FirehoseErrors.invalidArgument(
                    "Prefix contains " + expression + "...}, which needs a processor of type " + type + ".");
        }
    }

    private static boolean has(ProcessingConfiguration configuration, ProcessorType type) {
        return configuration.processors().stream().anyMatch(processor -> processor.type() == type);
    }

    private @Nullable S3DestinationConfiguration backup(ExtendedS3DestinationConfiguration given) {
        if (given.s3BackupConfiguration() != null) {
            return configurations.complete(given.s3BackupConfiguration());
        }
        if (given.s3BackupMode() == S3BackupMode.ENABLED) {
            throw FirehoseErrors.invalidArgument(
                    "S3 backup destination configuration is required when enabling S3 backup.");
        }
        return null;
    }

    private static @Nullable DataFormatConversionConfiguration conversion(
            @Nullable DataFormatConversionConfiguration given) {
        if (given == null || !isConverted(given)) {
            return given;
        }
        requireMember("SchemaConfiguration", given.schemaConfiguration());
        requireMember("InputFormatConfiguration", given.inputFormatConfiguration());
        requireMember("OutputFormatConfiguration", given.outputFormatConfiguration());
        return given.toBuilder().enabled(true).build();
    }

    private static void requireMember(String name, @Nullable Object value) {
        if (value == null) {
            throw FirehoseErrors.invalidArgument(name + " must not be null");
        }
    }

    private static @Nullable DynamicPartitioningConfiguration partitioning(
            @Nullable DynamicPartitioningConfiguration given) {
        if (given == null) {
            return null;
        }
        RetryOptions retry = given.retryOptions();
        return given.toBuilder()
                .enabled(Boolean.TRUE.equals(given.enabled()))
                .retryOptions(
                        retry != null && retry.durationInSeconds() != null
                                ? retry
                                : RetryOptions.builder()
                                        .durationInSeconds(RETRY_SECONDS)
                                        .build())
                .build();
    }
}
