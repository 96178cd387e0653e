package io.riacho.firehose.destination.postgres;

import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.warehouse.DeliverySpeed;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.warehouse.WarehouseProperties;
import io.riacho.postgres.TestPostgres;
import io.riacho.postgres.TestPostgres.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Prints how fast PostgreSQL is loaded. */
final class PostgresSpeed {

    private PostgresSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Database database = TestPostgres.newDatabase();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create table clicks (id integer, who text)");
        }
        PostgresDestinationType type =
                new PostgresDestinationType(WarehouseProperties.DEFAULTS, TestDeliveries.BUCKETS);
        for (String options : new String[] {"JSON 'auto'", "CSV"}) {
            try (Destination destination = type.open(
                    TestDeliveries.STREAM, type.complete(TestConfigurations.of(database, options, "clicks", null)))) {
                DeliverySpeed.measure("PostgreSQL, " + options, options.startsWith("JSON"), destination);
            }
        }
        System.exit(0);
    }
}
