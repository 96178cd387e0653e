package io.riacho.firehose.destination.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.warehouse.KilledDeliveries;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.warehouse.WarehouseProperties;
import io.riacho.postgres.TestPostgres;
import io.riacho.postgres.TestPostgres.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PostgresKillTest {

    @Test
    void everyRecordIsThereOnceThoughTheProcessIsKilled() throws Exception {
        kill(2);
    }

    @Test
    @Tag("slow")
    void everyRecordIsThereOnceThoughTheProcessIsKilledTwentyTimes() throws Exception {
        kill(20);
    }

    private static void kill(int rounds) throws Exception {
        Database database = TestPostgres.newDatabase();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create table clicks (id integer, who text)");

            int next = KilledDeliveries.kill(
                    rounds, PostgresProgram.class, List.of(database.url(), database.user(), database.password()));
            PostgresDestinationType type =
                    new PostgresDestinationType(WarehouseProperties.DEFAULTS, TestDeliveries.BUCKETS);
            try (Destination destination = type.open(
                    TestDeliveries.STREAM,
                    type.complete(TestConfigurations.of(database, "JSON 'auto'", "clicks", null)))) {
                destination.deliver(KilledDeliveries.delivery(next));
            }

            ResultSet row = statement.executeQuery("select count(*), count(distinct id), max(id) + 1 from clicks");
            row.next();
            int all = (next + 1) * KilledDeliveries.RECORDS;
            System.out.println(rounds + " kills, " + row.getInt(1) + " rows of " + all);
            assertThat(List.of(row.getInt(1), row.getInt(2), row.getInt(3))).containsExactly(all, all, all);
        }
    }
}
