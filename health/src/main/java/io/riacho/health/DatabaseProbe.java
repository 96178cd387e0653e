package io.riacho.health;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database answers on a connection of the pool, as whoever needs one would find it. */
final class DatabaseProbe implements Probe {

    private static final Logger log = LoggerFactory.getLogger(DatabaseProbe.class);
    private static final int ANSWER_SECONDS = 2;

    private final DataSource dataSource;

    DatabaseProbe(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Optional<String> fault() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(ANSWER_SECONDS) ? Optional.empty() : Optional.of("does not answer");
        } catch (SQLException e) {
            log.debug("No connection to PostgreSQL", e);
            return Optional.of("cannot be reached");
        }
    }
}
