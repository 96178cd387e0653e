package io.riacho.firehose.destination.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.s3.S3Properties;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.warehouse.TestS3;
import io.riacho.protocol.AwsException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import software.amazon.awssdk.services.firehose.model.CloudWatchLoggingOptions;
import software.amazon.awssdk.services.firehose.model.DestinationTableConfiguration;
import software.amazon.awssdk.services.firehose.model.IcebergDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.IcebergS3BackupMode;
import software.amazon.awssdk.services.firehose.model.PartitionField;
import software.amazon.awssdk.services.firehose.model.PartitionSpec;
import software.amazon.awssdk.services.firehose.model.ProcessorType;

class IcebergConfigurationTest {

    private final IcebergDestinationType type = new IcebergDestinationType(
            new IcebergProperties(
                    "riacho",
                    null,
                    Map.of(
                            "arn:aws:glue:us-east-1:000000000000:catalog/s3tables/lake",
                            new IcebergProperties.Catalog(
                                    "http://127.0.0.1:1/", "lake", null, null, "id:secret-credential", null, null))),
            new S3Properties(URI.create("http://127.0.0.1:1"), "us-east-1", null, null, true),
            TestS3.KEY,
            new PGSimpleDataSource(),
            TestDeliveries.BUCKETS);

    @Test
    void whatIsLeftOutIsAsWithAws() {
        IcebergDestinationConfiguration complete = type.complete(given());

        assertThat(complete.s3BackupMode()).isEqualTo(IcebergS3BackupMode.FAILED_DATA_ONLY);
        assertThat(type.plan(complete).hints()).isEqualTo(BufferHints.of(5, 300));
        assertThat(type.plan(complete).retry()).isEqualTo(Duration.ofMinutes(5));
        assertThat(type.plan(complete).backsUpAll()).isFalse();
        assertThat(type.plan(complete).dynamicPartitioning()).isFalse();
    }

    @Test
    void whatCannotBeDoneIsRefusedByName() {
        assertRefused(
                given().toBuilder()
                        .schemaEvolutionConfiguration(e -> e.enabled(true))
                        .build(),
                "SchemaEvolution");
        assertRefused(
                given().toBuilder()
                        .tableCreationConfiguration(e -> e.enabled(true))
                        .build(),
                "TableCreation");
        assertRefused(
                given().toBuilder()
                        .cloudWatchLoggingOptions(
                                CloudWatchLoggingOptions.builder().enabled(true).build())
                        .build(),
                "CloudWatchLoggingOptions");
        assertRefused(given(table().uniqueKeys("id")), "UniqueKeys");
        assertRefused(
                given(table().partitionSpec(PartitionSpec.builder()
                        .identity(PartitionField.builder().sourceName("id").build())
                        .build())),
                "PartitionSpec");
        assertRefused(
                given(table().s3ErrorOutputPrefix("a/"), table().destinationTableName("other")), "S3ErrorOutputPrefix");
        assertRefused(given(new DestinationTableConfiguration.Builder[0]), "DestinationTableConfigurationList");
    }

    @Test
    void aCatalogThatNobodyKnowsIsRefusedWithThePropertyThatWouldTell() {
        String arn = "arn:aws:glue:us-east-1:000000000000:catalog/s3tables/other";

        assertRefused(
                given().toBuilder().catalogConfiguration(c -> c.catalogARN(arn)).build(),
                "riacho.firehose.iceberg.catalogs.\"[" + arn + "]\".uri");
        assertThat(type.complete(given().toBuilder()
                        .catalogConfiguration(c -> c.catalogARN(arn.replace("other", "lake")))
                        .build()))
                .isNotNull();
    }

    @Test
    void theErrorPrefixOfTheOnlyTableCounts() {
        IcebergDestinationConfiguration complete = type.complete(given(table().s3ErrorOutputPrefix("bad/")));

        assertThat(Objects.requireNonNull(type.plan(complete).backup()).errorOutputPrefix())
                .isEqualTo("bad/");
    }

    @Test
    void manyTablesNeedAProcessorThatRoutes() {
        IcebergDestinationConfiguration routed = given(new DestinationTableConfiguration.Builder[0]).toBuilder()
                .processingConfiguration(processing -> processing
                        .enabled(true)
                        .processors(processor -> processor.type(ProcessorType.METADATA_EXTRACTION)))
                .build();

        assertThat(type.plan(type.complete(routed)).dynamicPartitioning()).isTrue();
    }

    @Test
    void secretsAreInNoText() {
        assertThat(new IcebergProperties.Catalog("jdbc:postgresql://h/d?password=s1", "n", "u", "s2", "s3", "s4", null)
                        .toString())
                .doesNotContain("s1", "s2", "s3", "s4");
    }

    private static DestinationTableConfiguration.Builder table() {
        return DestinationTableConfiguration.builder()
                .destinationDatabaseName("web")
                .destinationTableName("clicks");
    }

    private static IcebergDestinationConfiguration given(DestinationTableConfiguration.Builder... tables) {
        return TestCatalog.configuration("clicks").toBuilder()
                .destinationTableConfigurationList(List.of(tables).stream()
                        .map(DestinationTableConfiguration.Builder::build)
                        .toList())
                .build();
    }

    private static IcebergDestinationConfiguration given() {
        return given(table());
    }

    private void assertRefused(IcebergDestinationConfiguration configuration, String text) {
        assertThatThrownBy(() -> type.complete(configuration))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidArgumentException"))
                .hasMessageContaining(text);
    }
}
