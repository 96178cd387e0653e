package io.riacho.firehose.destination.iceberg;

import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.warehouse.DeliverySpeed;
import io.riacho.firehose.destination.warehouse.TestS3;
import io.riacho.postgres.TestPostgres;
import java.nio.file.Files;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import software.amazon.awssdk.services.s3.S3Client;

/** Prints how fast an Iceberg table is appended to, with the S3 in the same process. */
final class IcebergSpeed {

    private IcebergSpeed() {}

    public static void main(String[] arguments) throws Exception {
        TestS3 s3 = TestS3.start(Files.createTempDirectory("iceberg-speed"));
        try (S3Client client = s3.client()) {
            client.createBucket(bucket -> bucket.bucket("lake"));
        }
        TestCatalog tests = new TestCatalog(TestPostgres.newDatabase(), s3.properties());
        Catalog catalog = tests.open();
        ((SupportsNamespaces) catalog).createNamespace(Namespace.of("web"));
        catalog.createTable(
                TableIdentifier.of("web", "clicks"),
                new Schema(
                        Types.NestedField.required(1, "id", Types.IntegerType.get()),
                        Types.NestedField.optional(2, "who", Types.StringType.get())));
        try (Destination destination = tests.destination(configuration -> configuration)) {
            DeliverySpeed.measure("Iceberg", true, destination);
        }
        System.exit(0);
    }
}
