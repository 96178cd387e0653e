package io.riacho.firehose.destination.iceberg;

import io.riacho.firehose.destination.s3.S3Properties;
import io.riacho.firehose.destination.warehouse.KilledDeliveries;
import io.riacho.postgres.TestPostgres.Database;
import java.net.URI;

/** Delivers until it is killed. */
final class IcebergProgram {

    private IcebergProgram() {}

    public static void main(String[] arguments) throws Exception {
        KilledDeliveries.deliverFrom(
                Integer.parseInt(arguments[4]),
                new TestCatalog(
                                new Database(arguments[0], arguments[1], arguments[2]),
                                new S3Properties(URI.create(arguments[3]), "us-east-1", null, null, true))
                        .destination(configuration -> configuration));
    }
}
