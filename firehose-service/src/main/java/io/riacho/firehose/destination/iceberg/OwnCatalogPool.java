package io.riacho.firehose.destination.iceberg;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.iceberg.jdbc.JdbcClientPool;

/** Riacho's own connections to its PostgreSQL, lent to the catalog for a statement at a time, in a schema of its own. */
final class OwnCatalogPool extends JdbcClientPool {

    private static final String SCHEMA = "iceberg";

    private final DataSource connections;

    OwnCatalogPool(DataSource connections, Map<String, String> properties) {
        super(1, "", properties);
        this.connections = connections;
    }

    /** Makes the catalog's schema where it is not there. */
    static void makeSchema(DataSource connections) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists " + SCHEMA);
        }
    }

    @Override
    public <R> R run(Action<R, Connection, SQLException> action) throws SQLException, InterruptedException {
        try (Connection connection = connections.getConnection()) {
            connection.setSchema(SCHEMA);
            return action.run(connection);
        }
    }

    @Override
    public <R> R run(Action<R, Connection, SQLException> action, boolean retry)
            throws SQLException, InterruptedException {
        return run(action);
    }
}
