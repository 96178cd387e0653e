package io.riacho.firehose.destination.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.warehouse.KilledDeliveries;
import io.riacho.firehose.destination.warehouse.TestS3;
import io.riacho.postgres.TestPostgres;
import io.riacho.postgres.TestPostgres.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

class IcebergKillTest {

    private static final TableIdentifier CLICKS = TableIdentifier.of("web", "clicks");

    @TempDir
    Path folder;

    @Test
    void everyRecordIsThereOnceThoughTheProcessIsKilled() throws Exception {
        kill(2);
    }

    @Test
    @Tag("slow")
    void everyRecordIsThereOnceThoughTheProcessIsKilledTwentyTimes() throws Exception {
        kill(20);
    }

    private void kill(int rounds) throws Exception {
        try (TestS3 s3 = TestS3.start(folder);
                S3Client client = s3.client()) {
            client.createBucket(bucket -> bucket.bucket("lake"));
            Database database = TestPostgres.newDatabase();
            TestCatalog tests = new TestCatalog(database, s3.properties());
            Catalog catalog = tests.open();
            ((SupportsNamespaces) catalog).createNamespace(Namespace.of("web"));
            catalog.createTable(
                    CLICKS,
                    new Schema(
                            Types.NestedField.required(1, "id", Types.IntegerType.get()),
                            Types.NestedField.optional(2, "who", Types.StringType.get())),
                    null,
                    Map.of("write.metadata.delete-after-commit.enabled", "true"));

            int next = KilledDeliveries.kill(
                    rounds,
                    IcebergProgram.class,
                    List.of(
                            database.url(),
                            database.user(),
                            database.password(),
                            s3.properties().requireEndpoint().toString()));
            try (Destination destination = tests.destination(configuration -> configuration)) {
                destination.deliver(KilledDeliveries.delivery(next));
            }

            try (CloseableIterable<Record> rows =
                    IcebergGenerics.read(catalog.loadTable(CLICKS)).select("id").build()) {
                List<Object> ids = StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getField("id"))
                        .toList();
                int all = (next + 1) * KilledDeliveries.RECORDS;
                System.out.println(rounds + " kills, " + ids.size() + " rows of " + all);
                assertThat(ids).hasSize(all).doesNotHaveDuplicates();
            }
        }
    }
}
