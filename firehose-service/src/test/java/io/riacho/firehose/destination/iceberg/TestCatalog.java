package io.riacho.firehose.destination.iceberg;

import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.s3.S3Properties;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.warehouse.TestS3;
import io.riacho.postgres.TestPostgres.Database;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.iceberg.catalog.Catalog;
import org.postgresql.ds.PGSimpleDataSource;
import software.amazon.awssdk.services.firehose.model.CatalogConfiguration;
import software.amazon.awssdk.services.firehose.model.DestinationTableConfiguration;
import software.amazon.awssdk.services.firehose.model.IcebergDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/** Riacho's own catalog in a PostgreSQL, with its files in an S3. */
final class TestCatalog {

    static final String OWN = "arn:aws:glue:us-east-1:000000000000:catalog";

    private final Database database;
    private final S3Properties s3;

    TestCatalog(Database database, S3Properties s3) {
        this.database = database;
        this.s3 = s3;
    }

    IcebergDestinationType type() {
        return new IcebergDestinationType(
                new IcebergProperties("riacho", null, Map.of()), s3, TestS3.KEY, dataSource(), TestDeliveries.BUCKETS);
    }

    /** As another program would open it. */
    Catalog open() throws SQLException {
        return new Catalogs(new IcebergProperties("riacho", null, Map.of()), s3, TestS3.KEY, dataSource())
                .open(configuration("clicks"));
    }

    Destination destination(UnaryOperator<IcebergDestinationConfiguration.Builder> change) {
        IcebergDestinationType type = type();
        return type.open(
                TestDeliveries.STREAM,
                type.complete(change.apply(configuration("clicks").toBuilder()).build()));
    }

    static IcebergDestinationConfiguration configuration(String table) {
        return IcebergDestinationConfiguration.builder()
                .roleARN("arn:aws:iam::000000000000:role/firehose")
                .catalogConfiguration(
                        CatalogConfiguration.builder().catalogARN(OWN).build())
                .destinationTableConfigurationList(DestinationTableConfiguration.builder()
                        .destinationDatabaseName("web")
                        .destinationTableName(table)
                        .build())
                .s3Configuration(S3DestinationConfiguration.builder()
                        .roleARN("arn:aws:iam::000000000000:role/firehose")
                        .bucketARN("arn:aws:s3:::lake")
                        .build())
                .build();
    }

    private PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        return source;
    }
}
