package io.riacho.firehose.destination.s3;

import io.riacho.firehose.error.FirehoseErrors;
import io.riacho.protocol.Arn;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.BufferingHints;
import software.amazon.awssdk.services.firehose.model.CloudWatchLoggingOptions;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.EncryptionConfiguration;
import software.amazon.awssdk.services.firehose.model.KMSEncryptionConfig;
import software.amazon.awssdk.services.firehose.model.NoEncryptionConfig;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/**
 * Checks and completes what the configurations of buckets have in common. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_S3DestinationConfiguration.html">
 *     S3DestinationConfiguration</a>
 */
public final class S3Configurations {

    private static final BufferingHints HINTS = hints(5, 300);
    private static final CloudWatchLoggingOptions NO_LOGGING =
            CloudWatchLoggingOptions.builder().enabled(false).build();
    private static final EncryptionConfiguration NO_ENCRYPTION = EncryptionConfiguration.builder()
            .noEncryptionConfig(NoEncryptionConfig.NO_ENCRYPTION)
            .build();

    private final PrefixCheck prefixes;

    public S3Configurations(PrefixCheck prefixes) {
        this.prefixes = prefixes;
    }

    /**
     * Completes the configuration of a bucket that another destination leaves records in, or takes them from.
     *
     * @throws io.riacho.protocol.AwsException InvalidArgumentException where it says something that cannot be honoured
     */
    public S3DestinationConfiguration complete(S3DestinationConfiguration configuration) {
        requireTarget(configuration.roleARN(), configuration.bucketARN());
        prefixes.check(configuration.prefix(), configuration.errorOutputPrefix(), false, null);
        return configuration.toBuilder()
                .bufferingHints(hints(configuration.bufferingHints(), HINTS))
                .compressionFormat(compression(configuration.compressionFormatAsString()))
                .encryptionConfiguration(encryption(configuration.encryptionConfiguration()))
                .cloudWatchLoggingOptions(logging(configuration.cloudWatchLoggingOptions()))
                .build();
    }

    /**
     * Completes the same of any destination.
     *
     * @throws io.riacho.protocol.AwsException InvalidArgumentException where something is to be logged
     */
    public static CloudWatchLoggingOptions logging(@Nullable CloudWatchLoggingOptions options) {
        if (options == null) {
            return NO_LOGGING;
        }
        if (Boolean.TRUE.equals(options.enabled())) {
            throw FirehoseErrors.invalidArgument(
                    "CloudWatchLoggingOptions.Enabled must be false: there is no CloudWatch"
                            + " Logs here. Errors are told by DescribeDeliveryStream and in the error output.");
        }
        return options.toBuilder().enabled(false).build();
    }

    /** The name of the bucket. */
    public static String bucket(String bucketArn) {
        return Arn.parse(bucketArn)
                .filter(arn -> arn.service().equals("s3")
                        && arn.region().isEmpty()
                        && arn.accountId().isEmpty())
                .map(Arn::resource)
                .orElseThrow(() -> FirehoseErrors.invalidArgument(
                        "BucketARN has to be arn:aws:s3::: and the name of a bucket, not " + bucketArn));
    }

    static void requireTarget(@Nullable String roleArn, @Nullable String bucketArn) {
        if (roleArn == null) {
            throw FirehoseErrors.invalidArgument("RoleARN must not be null");
        }
        if (bucketArn == null) {
            throw FirehoseErrors.invalidArgument("BucketARN must not be null");
        }
        String unused = bucket(bucketArn);
    }

    static BufferingHints hints(int mebibytes, int seconds) {
        return BufferingHints.builder()
                .sizeInMBs(mebibytes)
                .intervalInSeconds(seconds)
                .build();
    }

    static BufferingHints hints(@Nullable BufferingHints given, BufferingHints otherwise) {
        if (given == null || (given.sizeInMBs() == null && given.intervalInSeconds() == null)) {
            return otherwise;
        }
        if (given.sizeInMBs() == null || given.intervalInSeconds() == null) {
            throw FirehoseErrors.invalidArgument(
                    "BufferingHints.SizeInMBs and BufferingHints.IntervalInSeconds have to be specified together");
        }
        return given;
    }

    static CompressionFormat compression(@Nullable String given) {
        return given == null ? CompressionFormat.UNCOMPRESSED : CompressionFormat.fromValue(given);
    }

    static EncryptionConfiguration encryption(@Nullable EncryptionConfiguration given) {
        if (given == null) {
            return NO_ENCRYPTION;
        }
        KMSEncryptionConfig kms = given.kmsEncryptionConfig();
        if ((given.noEncryptionConfigAsString() == null) == (kms == null)) {
            throw FirehoseErrors.invalidArgument(
                    "Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified");
        }
        if (kms != null) {
            throw FirehoseErrors.invalidArgument("KMSEncryptionConfig is not supported: objects are encrypted as their"
                    + " bucket says. Give NoEncryptionConfig.");
        }
        return given;
    }
}
