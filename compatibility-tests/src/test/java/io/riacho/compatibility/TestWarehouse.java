package io.riacho.compatibility;

import io.riacho.compatibility.NumberedWriter.Numbered;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationConfiguration;

/** A table in PostgreSQL that a delivery stream loads {@link Numbered}s into. */
final class TestWarehouse implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    private TestWarehouse(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** With an empty table. */
    static TestWarehouse started() throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", "32MB")
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table event (key text not null, number integer not null)");
        }
        return new TestWarehouse(postgres);
    }

    /** @param bucket the ARN of the one for what the table does not take, under {@code errors/} */
    Consumer<RedshiftDestinationConfiguration.Builder> destination(String bucket) {
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?sslmode=disable";
        return redshift -> redshift.roleARN(TestDeliveryStreams.ROLE)
                .clusterJDBCURL(url)
                .username("postgres")
                .password("postgres")
                .copyCommand(copy -> copy.dataTableName("event").copyOptions("JSON 'auto'"))
                .s3Configuration(s3 -> s3.roleARN(TestDeliveryStreams.ROLE)
                        .bucketARN(bucket)
                        .errorOutputPrefix("errors/")
                        .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(1)));
    }

    List<Numbered> rows() {
        List<Numbered> rows = new ArrayList<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select key, number from event")) {
            while (row.next()) {
                rows.add(new Numbered(row.getString(1), row.getInt(2)));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
