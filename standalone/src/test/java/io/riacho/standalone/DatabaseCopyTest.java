package io.riacho.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class DatabaseCopyTest {

    @TempDir
    Path folder;

    @Test
    void aServerThatIsStartedFromACopyHasAllThatWasCommittedBeforeItWasMade() throws Exception {
        AtomicInteger committed = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        Files.createDirectory(folder.resolve("second"));
        int before;
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder.resolve("first/postgres"));
                Connection backup = DatabaseCopy.connect(
                        folder.resolve("first/postgres"), EmbeddedPostgresServer.USER, server.password());
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            execute(server, "create table number (n int primary key, filler text)");
            Future<?> writer = thread.submit(() -> {
                for (int i = 1; !ended.get(); i++) {
                    execute(server, "insert into number values (" + i + ", repeat('x', 2000))");
                    committed.set(i);
                }
                return ended.get();
            });
            try {
                while (committed.get() < 100) {
                    Thread.onSpinWait();
                }
                before = committed.get();
                DatabaseCopy.copy(folder.resolve("first/postgres"), folder.resolve("second/postgres"), backup);
            } finally {
                ended.set(true);
            }
            writer.get();
            assertThatThrownBy(() -> DatabaseCopy.copy(
                            folder.resolve("first/postgres"), folder.resolve("third/postgres"), backup))
                    .as("one at a time")
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("riacho_backup");
        }
        Files.copy(folder.resolve("first/postgres-password"), folder.resolve("second/postgres-password"));
        try (EmbeddedPostgresServer copy = EmbeddedPostgresServer.start(folder.resolve("second/postgres"))) {
            assertThat(query(copy, "select max(n) from number")).isBetween(before, committed.get());
            assertThat(query(copy, "select max(n) - count(*) from number")).isZero();
            assertThat(query(copy, "select count(*) from pg_replication_slots")).isZero();
        }
    }

    private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgresServer.USER, server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int query(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgresServer.USER, server.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
