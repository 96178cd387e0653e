package io.riacho.firehose.destination.postgres;

import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.destination.warehouse.SqlName;
import io.riacho.firehose.record.DeliveryRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table {@code riacho_loads} beside the target: which deliveries are in it. It is written in the transaction of a load,
 * so a delivery that comes again finds itself there, with the records that it rejected then.
 */
final class LoadsTable {

    private static final String NAME = "riacho_loads";
    private static final JsonMapper JSON = new JsonMapper();

    private record Rejected(String record, String code, String message) {}

    private final String table;

    /** @param schema that of the target */
    LoadsTable(String schema) {
        this.table = SqlName.quoted(List.of(schema, NAME), ".");
    }

    /** Makes the table where it is not there, in a transaction of its own. */
    void make(Connection connection) throws SQLException {
        if (isThere(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists " + table
                    + " (delivery_id uuid primary key, delivery_stream text not null,"
                    + " loaded_at timestamptz not null default now(), rejected text)");
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            // Two that make it at the same time: one of them fails, whatever "if not exists" says.
            if (!isThere(connection)) {
                throw e;
            }
        }
    }

    private boolean isThere(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_catalog.to_regclass(?) is not null")) {
            statement.setString(1, table);
            ResultSet row = statement.executeQuery();
            return row.next() && row.getBoolean(1);
        }
    }

    /** Writes a delivery down; false where it is there already. Waits for another one that is just doing the same. */
    boolean begin(Connection connection, Delivery delivery) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into " + table
                + " (delivery_id, delivery_stream) values (?, ?) on conflict (delivery_id) do nothing")) {
            statement.setObject(1, delivery.id());
            statement.setString(2, delivery.deliveryStream());
            return statement.executeUpdate() == 1;
        }
    }

    void rejected(Connection connection, UUID delivery, List<Rejection> rejections) throws SQLException {
        List<Rejected> rejected = rejections.stream()
                .map(rejection -> new Rejected(rejection.record().id(), rejection.code(), rejection.message()))
                .toList();
        try (PreparedStatement statement =
                connection.prepareStatement("update " + table + " set rejected = ? where delivery_id = ?")) {
            statement.setString(1, JSON.writeValueAsString(rejected));
            statement.setObject(2, delivery);
            statement.executeUpdate();
        }
    }

    /** Those of the delivery's records that were rejected when it was loaded. */
    List<Rejection> rejectedThen(Connection connection, Delivery delivery) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select rejected from " + table + " where delivery_id = ?")) {
            statement.setObject(1, delivery.id());
            ResultSet row = statement.executeQuery();
            String rejected = row.next() ? row.getString(1) : null;
            return rejected == null ? List.of() : rejections(delivery, rejected);
        }
    }

    private static List<Rejection> rejections(Delivery delivery, String text) {
        Map<String, DeliveryRecord> records = delivery.records().stream()
                .collect(Collectors.toMap(DeliveryRecord::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        List<Rejection> rejections = new ArrayList<>();
        for (Rejected rejected : JSON.readValue(text, new TypeReference<List<Rejected>>() {})) {
            @Nullable DeliveryRecord record = records.get(rejected.record());
            if (record != null) {
                rejections.add(new Rejection(record, rejected.code(), rejected.message()));
            }
        }
        return rejections;
    }

    /** Forgets the delivery stream's deliveries that are older. */
    void prune(Connection connection, String deliveryStream, Duration age) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from " + table
                + " where delivery_stream = ? and loaded_at < now() - make_interval(secs => ?)")) {
            statement.setString(1, deliveryStream);
            statement.setDouble(2, age.toSeconds());
            statement.executeUpdate();
        }
        connection.commit();
    }
}
