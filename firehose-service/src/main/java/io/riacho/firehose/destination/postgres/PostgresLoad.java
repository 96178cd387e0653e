package io.riacho.firehose.destination.postgres;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.destination.warehouse.WarehouseFailure;
import io.riacho.firehose.record.DeliveryRecord;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One delivery in one transaction. Where the warehouse refuses a record's data, the records are halved until the ones at
 * fault are alone; these are rejected and all others are loaded. Not safe for use by several threads.
 */
final class PostgresLoad {

    private static final String CODE = "Redshift.DataLoadFailed";
    private static final int CHUNK = 64 * 1024;

    private final Connection connection;
    private final LoadStatements statements;
    private final CopyRows rows;
    private final Duration timeout;
    private final long begun = System.nanoTime();
    private final List<Rejection> rejections = new ArrayList<>();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(2 * CHUNK);

    PostgresLoad(Connection connection, TargetTable target, CopyFormat format, Duration timeout) {
        this.connection = connection;
        this.statements = LoadStatements.of(format, target);
        this.rows = new CopyRows(format);
        this.timeout = timeout;
    }

    Delivered run(Delivery delivery, LoadsTable loads) throws SQLException, DeliveryException, InterruptedException {
        begin();
        if (!loads.begin(connection, delivery)) {
            return new Delivered(loads.rejectedThen(connection, delivery), List.of());
        }
        List<DeliveryRecord> records = wellFormed(delivery.records());
        if (!records.isEmpty()) {
            load(records);
        }
        if (rejections.size() == delivery.records().size()) {
            connection.rollback();
            return new Delivered(rejections, List.of());
        }
        if (!rejections.isEmpty()) {
            loads.rejected(connection, delivery.id(), rejections);
        }
        connection.commit();
        return rejections.isEmpty() ? Delivered.ALL : new Delivered(rejections, List.of());
    }

    private void begin() throws SQLException {
        String millis = String.valueOf(timeout.toMillis());
        try (PreparedStatement statement = connection.prepareStatement(
                "select set_config('statement_timeout', ?, true),"
                        + " set_config('lock_timeout', ?, true), set_config('idle_in_transaction_session_timeout', ?, true)")) {
            statement.setString(1, millis);
            statement.setString(2, millis);
            statement.setString(3, millis);
            statement.execute();
        }
        // A record that breaks a deferred constraint would fail the commit, where nobody can tell which one it is.
        execute("set constraints all immediate");
    }

    private List<DeliveryRecord> wellFormed(List<DeliveryRecord> records) {
        List<DeliveryRecord> well = new ArrayList<>(records.size());
        for (DeliveryRecord record : records) {
            buffer.reset();
            try {
                rows.write(record.data(), buffer);
                well.add(record);
            } catch (CopyRows.Malformed e) {
                rejections.add(new Rejection(record, CODE, "The record cannot be loaded: " + e.getMessage()));
            }
        }
        buffer.reset();
        return well;
    }

    private void load(List<DeliveryRecord> records) throws SQLException, DeliveryException, InterruptedException {
        if (statements.stage() != null) {
            execute(statements.stage());
        }
        halve(records);
    }

    private void halve(List<DeliveryRecord> records) throws SQLException, DeliveryException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (System.nanoTime() - begun > timeout.toNanos()) {
            throw DeliveryException.retryable(
                    "Redshift.SlowCopy",
                    "The load took longer than " + timeout.toSeconds() + " s and was taken back",
                    null);
        }
        Savepoint before = connection.setSavepoint();
        try {
            copy(records);
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!isOfData(e)) {
                throw e;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (records.size() == 1) {
                rejections.add(new Rejection(
                        records.getFirst(), CODE, "The warehouse refuses the record: " + WarehouseFailure.text(e)));
                return;
            }
            int middle = records.size() / 2;
            halve(records.subList(0, middle));
            halve(records.subList(middle, records.size()));
        }
    }

    /** Data exceptions, broken constraints, what is too large, and what a trigger of the table raises. */
    private static boolean isOfData(SQLException e) {
        String state = WarehouseFailure.state(e);
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54") || state.startsWith("P0");
    }

    private void copy(List<DeliveryRecord> records) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statements.copy());
        try {
            buffer.reset();
            for (DeliveryRecord record : records) {
                rows.write(record.data(), buffer);
                if (buffer.size() >= CHUNK) {
                    send(copy);
                }
            }
            send(copy);
            copy.endCopy();
        } catch (CopyRows.Malformed e) {
            throw new IllegalStateException(e);
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        if (statements.move() != null && statements.empty() != null) {
            execute(statements.move());
            execute(statements.empty());
        }
    }

    private void send(CopyIn copy) throws SQLException {
        byte[] bytes = buffer.toByteArray();
        copy.writeToCopy(bytes, 0, bytes.length);
        buffer.reset();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
