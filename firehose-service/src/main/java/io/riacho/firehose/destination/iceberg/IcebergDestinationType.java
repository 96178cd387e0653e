package io.riacho.firehose.destination.iceberg;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.DestinationType;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.destination.s3.S3Properties;
import io.riacho.protocol.AwsException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.firehose.model.BufferingHints;
import software.amazon.awssdk.services.firehose.model.CatalogConfiguration;
import software.amazon.awssdk.services.firehose.model.DestinationTableConfiguration;
import software.amazon.awssdk.services.firehose.model.IcebergDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.IcebergS3BackupMode;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.RetryOptions;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/**
 * Apache Iceberg tables. Records are inserted; updates, deletes, changes of schemas and new tables are refused. Defaults are those of
 * <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_IcebergDestinationConfiguration.html">AWS's API reference</a>.
 */
public final class IcebergDestinationType implements DestinationType<IcebergDestinationConfiguration> {

    private static final int RETRY_SECONDS = 300;
    private static final int BUFFER_MEBIBYTES = 5;
    private static final int BUFFER_SECONDS = 300;

    private final Catalogs catalogs;
    private final S3Configurations buckets;

    /**
     * @param key of the S3
     * @param own Riacho's PostgreSQL, in whose schema {@code iceberg} its own catalog is
     */
    public IcebergDestinationType(
            IcebergProperties properties,
            S3Properties s3,
            AwsCredentials key,
            DataSource own,
            S3Configurations buckets) {
        this.buckets = buckets;
        this.catalogs = new Catalogs(properties, s3, key, own);
    }

    @Override
    public Class<IcebergDestinationConfiguration> configuration() {
        return IcebergDestinationConfiguration.class;
    }

    @Override
    public IcebergDestinationConfiguration complete(IcebergDestinationConfiguration given) {
        refuse(given);
        BufferingHints hints = given.bufferingHints();
        RetryOptions retry = given.retryOptions();
        return given.toBuilder()
                .bufferingHints(BufferingHints.builder()
                        .sizeInMBs(orElse(hints == null ? null : hints.sizeInMBs(), BUFFER_MEBIBYTES))
                        .intervalInSeconds(orElse(hints == null ? null : hints.intervalInSeconds(), BUFFER_SECONDS))
                        .build())
                .retryOptions(RetryOptions.builder()
                        .durationInSeconds(orElse(retry == null ? null : retry.durationInSeconds(), RETRY_SECONDS))
                        .build())
                .s3BackupMode(Objects.requireNonNullElse(given.s3BackupMode(), IcebergS3BackupMode.FAILED_DATA_ONLY))
                .s3Configuration(buckets.complete(given.s3Configuration()))
                .cloudWatchLoggingOptions(S3Configurations.logging(given.cloudWatchLoggingOptions()))
                .build();
    }

    private static int orElse(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private void refuse(IcebergDestinationConfiguration given) {
        if (given.schemaEvolutionConfiguration() != null
                && Boolean.TRUE.equals(given.schemaEvolutionConfiguration().enabled())) {
            throw invalid("SchemaEvolutionConfiguration: tables keep their schema here, so Enabled has to be false");
        }
        if (given.tableCreationConfiguration() != null
                && Boolean.TRUE.equals(given.tableCreationConfiguration().enabled())) {
            throw invalid("TableCreationConfiguration: tables are not made here, so Enabled has to be false");
        }
        CatalogConfiguration catalog = given.catalogConfiguration();
        if (!catalogs.has(catalog.catalogARN())) {
            throw invalid("CatalogConfiguration.CatalogARN: it is not known where this catalog is; the property"
                    + " riacho.firehose.iceberg.catalogs.\"[" + catalog.catalogARN() + "]\".uri has to say so");
        }
        refuseTables(given);
        var _ = buckets.complete(backup(given));
    }

    private static void refuseTables(IcebergDestinationConfiguration given) {
        List<DestinationTableConfiguration> tables = given.destinationTableConfigurationList();
        for (DestinationTableConfiguration table : tables) {
            if (!table.uniqueKeys().isEmpty()) {
                throw invalid(
                        "DestinationTableConfigurationList: UniqueKeys are for updates and deletes, which are not made here;"
                                + " records are inserted only");
            }
            if (table.partitionSpec() != null
                    && !table.partitionSpec().identity().isEmpty()) {
                throw invalid(
                        "DestinationTableConfigurationList: PartitionSpec is for tables that are made, and none are made here;"
                                + " tables are written as they are partitioned");
            }
            if (table.s3ErrorOutputPrefix() != null && tables.size() > 1) {
                throw invalid(
                        "DestinationTableConfigurationList: S3ErrorOutputPrefix can be given for a single table only; give"
                                + " S3Configuration.ErrorOutputPrefix for all");
            }
        }
        if (tables.size() != 1 && !isRouted(given.processingConfiguration())) {
            throw invalid(
                    "DestinationTableConfigurationList has to have one table, where neither a Lambda nor a MetadataExtraction"
                            + " processor says which table a record is for");
        }
    }

    private static boolean isRouted(@Nullable ProcessingConfiguration processing) {
        if (processing == null || !Boolean.TRUE.equals(processing.enabled())) {
            return false;
        }
        for (Processor processor : processing.processors()) {
            if (processor.type() == ProcessorType.LAMBDA || processor.type() == ProcessorType.METADATA_EXTRACTION) {
                return true;
            }
        }
        return false;
    }

    private static AwsException invalid(String text) {
        return AwsException.badRequest("InvalidArgumentException", text);
    }

    @Override
    public DestinationPlan plan(IcebergDestinationConfiguration configuration) {
        BufferingHints hints = configuration.bufferingHints();
        return new DestinationPlan(
                BufferHints.of(hints.sizeInMBs(), hints.intervalInSeconds()),
                Duration.ofSeconds(configuration.retryOptions().durationInSeconds()),
                configuration.processingConfiguration(),
                backup(configuration),
                configuration.s3BackupMode() == IcebergS3BackupMode.ALL_DATA,
                "iceberg-failed",
                isRouted(configuration.processingConfiguration()));
    }

    private static S3DestinationConfiguration backup(IcebergDestinationConfiguration configuration) {
        List<DestinationTableConfiguration> tables = configuration.destinationTableConfigurationList();
        String prefix = tables.size() == 1 ? tables.getFirst().s3ErrorOutputPrefix() : null;
        S3DestinationConfiguration bucket = configuration.s3Configuration();
        return prefix == null
                ? bucket
                : bucket.toBuilder().errorOutputPrefix(prefix).build();
    }

    @Override
    public Destination open(DeliveryStreamName stream, IcebergDestinationConfiguration configuration) {
        return new IcebergDestination(
                () -> catalogs.open(configuration), new Routes(configuration.destinationTableConfigurationList()));
    }
}
