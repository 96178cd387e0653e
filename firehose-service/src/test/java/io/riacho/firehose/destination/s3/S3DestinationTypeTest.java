package io.riacho.firehose.destination.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.protocol.AwsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.BufferingHints;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.DataFormatConversionConfiguration;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.NoEncryptionConfig;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.S3BackupMode;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/** What the configuration of a bucket may say, and what it means. */
class S3DestinationTypeTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/deliverer";
    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/one";

    private final List<String> asked = new ArrayList<>();
    private final S3DestinationType type = new S3DestinationType(
            (prefix, errorPrefix, partitioned, zone) ->
                    asked.add(prefix + " " + errorPrefix + " " + partitioned + " " + zone),
            (_, _) -> {
                throw new UnsupportedOperationException();
            });

    @Test
    void whatIsLeftOutHasTheDefaultsOfTheApi() {
        ExtendedS3DestinationConfiguration complete = complete(_ -> {});

        assertThat(complete.bufferingHints()).isEqualTo(hints(5, 300));
        assertThat(complete.compressionFormat()).isEqualTo(CompressionFormat.UNCOMPRESSED);
        assertThat(complete.encryptionConfiguration().noEncryptionConfig()).isEqualTo(NoEncryptionConfig.NO_ENCRYPTION);
        assertThat(complete.cloudWatchLoggingOptions().enabled()).isFalse();
        assertThat(complete.s3BackupMode()).isEqualTo(S3BackupMode.DISABLED);
        assertThat(complete.prefix()).isNull();
        assertThat(complete.processingConfiguration()).isNull();
    }

    @Test
    void aCompleteConfigurationStaysAsItIs() {
        ExtendedS3DestinationConfiguration complete =
                complete(given -> given.dynamicPartitioningConfiguration(partitioning -> partitioning.enabled(true)));

        assertThat(type.complete(complete)).isEqualTo(complete);
    }

    @Test
    void largeObjectsHaveLargerBuffersByDefault() {
        assertThat(complete(given -> given.dynamicPartitioningConfiguration(on -> on.enabled(true)))
                        .bufferingHints())
                .isEqualTo(hints(128, 300));
        assertThat(complete(S3DestinationTypeTest::convert).bufferingHints()).isEqualTo(hints(128, 300));
    }

    @Test
    void buffersOfPartitionsAreNotSmall() {
        assertRefused(
                given -> given.dynamicPartitioningConfiguration(on -> on.enabled(true))
                        .bufferingHints(hints(63, 300)),
                "BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.");
        assertRefused(
                given -> given.dynamicPartitioningConfiguration(on -> on.enabled(true))
                        .bufferingHints(hints(64, 0)),
                "BufferingHints.IntervalInSeconds must be at least 60 when Dynamic Partitioning is enabled.");
    }

    @Test
    void bothHintsAreGivenOrNone() {
        assertRefused(given -> given.bufferingHints(one -> one.sizeInMBs(1)), "have to be specified together");
        assertThat(complete(given -> given.bufferingHints(hints(1, 0))).bufferingHints())
                .isEqualTo(hints(1, 0));
    }

    @Test
    void convertedRecordsAreNotCompressedOnceMore() {
        assertRefused(
                given -> convert(given.compressionFormat(CompressionFormat.GZIP)),
                "compression format must be set to UNCOMPRESSED when data format conversion is enabled");
        assertRefused(
                given -> convert(given).bufferingHints(hints(63, 300)),
                "BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.");
        assertThat(complete(given -> given.compressionFormat(CompressionFormat.GZIP)
                                .dataFormatConversionConfiguration(off -> off.enabled(false)))
                        .compressionFormat())
                .isEqualTo(CompressionFormat.GZIP);
    }

    @Test
    void conversionIsOnUnlessItIsSaidToBeOffAndNeedsAllThreeParts() {
        ExtendedS3DestinationConfiguration complete = complete(S3DestinationTypeTest::convert);

        assertThat(complete.dataFormatConversionConfiguration().enabled()).isTrue();
        assertRefused(
                given -> given.dataFormatConversionConfiguration(
                        DataFormatConversionConfiguration.builder().build()),
                "SchemaConfiguration must not be null");
    }

    @Test
    void prefixesAreCheckedWithAllThatTheyDependOn() {
        ExtendedS3DestinationConfiguration unused = complete(given -> given.prefix("a/")
                .errorOutputPrefix("b/")
                .customTimeZone("Asia/Tokyo")
                .s3BackupConfiguration(
                        backup().prefix("c/").errorOutputPrefix("d/").build()));

        assertThat(asked).containsExactlyInAnyOrder("a/ b/ false Asia/Tokyo", "c/ d/ false null");
    }

    @Test
    void partitionKeysInAPrefixNeedTheProcessorThatMakesThem() {
        assertRefused(
                given -> given.dynamicPartitioningConfiguration(on -> on.enabled(true))
                        .prefix("!{partitionKeyFromQuery:id}/"),
                "needs a processor of type MetadataExtraction");
        assertRefused(
                given -> given.dynamicPartitioningConfiguration(on -> on.enabled(true))
                        .prefix("!{partitionKeyFromLambda:id}/")
                        .processingConfiguration(processor(ProcessorType.METADATA_EXTRACTION)),
                "needs a processor of type Lambda");
        ExtendedS3DestinationConfiguration unused =
                complete(given -> given.dynamicPartitioningConfiguration(on -> on.enabled(true))
                        .prefix("!{partitionKeyFromQuery:id}/")
                        .processingConfiguration(processor(ProcessorType.METADATA_EXTRACTION)));
    }

    @Test
    void processorsThatServePartitionsAreOfNoUseWithoutThem() {
        for (ProcessorType processor :
                List.of(ProcessorType.METADATA_EXTRACTION, ProcessorType.RECORD_DE_AGGREGATION)) {
            assertRefused(
                    given -> given.processingConfiguration(processor(processor)),
                    processor + " can only be present when Dynamic Partitioning is enabled.");
        }
    }

    @Test
    void aBackupNeedsABucketWhichIsCompletedToo() {
        assertRefused(
                given -> given.s3BackupMode(S3BackupMode.ENABLED),
                "S3 backup destination configuration is required when enabling S3 backup.");
        assertRefused(
                given -> given.s3BackupConfiguration(
                        S3DestinationConfiguration.builder().build()),
                "RoleARN must not be null");
        assertThat(complete(given -> given.s3BackupConfiguration(backup().build()))
                        .s3BackupConfiguration()
                        .bufferingHints())
                .isEqualTo(hints(5, 300));
    }

    @Test
    void encryptionIsOneOfBoth() {
        assertRefused(
                given -> given.encryptionConfiguration(_ -> {}),
                "Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified");
        assertRefused(
                given -> given.encryptionConfiguration(both ->
                        both.noEncryptionConfig("NoEncryption").kmsEncryptionConfig(kms -> kms.awskmsKeyARN(KEY))),
                "Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified");
        assertThat(complete(given -> given.encryptionConfiguration(one -> one.noEncryptionConfig("NoEncryption")))
                        .encryptionConfiguration()
                        .noEncryptionConfig())
                .isEqualTo(NoEncryptionConfig.NO_ENCRYPTION);
    }

    @Test
    void objectsAreNotEncryptedByAKeyOfTheDeliveryStreamAndNobodyIsToldThatTheyAre() {
        assertRefused(
                given -> given.encryptionConfiguration(one -> one.kmsEncryptionConfig(kms -> kms.awskmsKeyARN(KEY))),
                "KMSEncryptionConfig is not supported");
        assertRefused(
                given -> given.s3BackupMode(S3BackupMode.ENABLED)
                        .s3BackupConfiguration(backup().encryptionConfiguration(
                                        one -> one.kmsEncryptionConfig(kms -> kms.awskmsKeyARN(KEY)))
                                .build()),
                "KMSEncryptionConfig is not supported");
    }

    @Test
    void whatWouldDoNothingIsRefused() {
        assertRefused(
                given -> given.cloudWatchLoggingOptions(
                        on -> on.enabled(true).logGroupName("g").logStreamName("s")),
                "CloudWatchLoggingOptions.Enabled");
        assertRefused(given -> given.bucketARN("arn:aws:s3:eu-central-1::lake"), "BucketARN");
    }

    @Test
    void thePlanSaysWhatTheEngineHasToDo() {
        DestinationPlan plain = type.plan(complete(_ -> {}));
        DestinationPlan rich = type.plan(complete(given -> given.bufferingHints(hints(64, 60))
                .dynamicPartitioningConfiguration(
                        on -> on.enabled(true).retryOptions(retry -> retry.durationInSeconds(7)))
                .processingConfiguration(processor(ProcessorType.METADATA_EXTRACTION))
                .s3BackupMode(S3BackupMode.ENABLED)
                .s3BackupConfiguration(backup().build())));

        assertThat(plain.hints().bytes()).isEqualTo(5 * 1024 * 1024);
        assertThat(plain.hints().interval()).isEqualTo(Duration.ofSeconds(300));
        assertThat(plain.retry()).isNull();
        assertThat(plain.processing()).isNull();
        assertThat(plain.backup()).isNull();
        assertThat(plain.backsUpAll()).isFalse();
        assertThat(plain.dynamicPartitioning()).isFalse();
        assertThat(rich.retry()).isEqualTo(Duration.ofSeconds(7));
        assertThat(rich.processing()).isNotNull();
        assertThat(rich.backup()).isNotNull();
        assertThat(rich.backsUpAll()).isTrue();
        assertThat(rich.dynamicPartitioning()).isTrue();
    }

    private ExtendedS3DestinationConfiguration complete(Consumer<ExtendedS3DestinationConfiguration.Builder> given) {
        ExtendedS3DestinationConfiguration.Builder builder =
                ExtendedS3DestinationConfiguration.builder().roleARN(ROLE).bucketARN("arn:aws:s3:::lake");
        given.accept(builder);
        return type.complete(builder.build());
    }

    private void assertRefused(Consumer<ExtendedS3DestinationConfiguration.Builder> given, String message) {
        assertThatThrownBy(() -> complete(given))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidArgumentException"))
                .hasMessageContaining(message);
    }

    private static S3DestinationConfiguration.Builder backup() {
        return S3DestinationConfiguration.builder().roleARN(ROLE).bucketARN("arn:aws:s3:::backup");
    }

    private static ExtendedS3DestinationConfiguration.Builder convert(
            ExtendedS3DestinationConfiguration.Builder given) {
        return given.dataFormatConversionConfiguration(conversion -> conversion
                .schemaConfiguration(schema -> schema.databaseName("d").tableName("t"))
                .inputFormatConfiguration(input -> input.deserializer(json -> json.openXJsonSerDe(_ -> {})))
                .outputFormatConfiguration(output -> output.serializer(parquet -> parquet.parquetSerDe(_ -> {}))));
    }

    private static ProcessingConfiguration processor(ProcessorType type) {
        return ProcessingConfiguration.builder()
                .enabled(true)
                .processors(Processor.builder().type(type).build())
                .build();
    }

    private static BufferingHints hints(int mebibytes, int seconds) {
        return BufferingHints.builder()
                .sizeInMBs(mebibytes)
                .intervalInSeconds(seconds)
                .build();
    }
}
