package io.riacho.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class EmbeddedPostgresServerTest {

    @TempDir
    static Path sharedFolder;

    private static EmbeddedPostgresServer shared;

    @TempDir
    Path folder;

    @BeforeAll
    static void startShared() {
        shared = EmbeddedPostgresServer.start(sharedFolder.resolve("postgres"));
    }

    @AfterAll
    static void stopShared() throws IOException {
        shared.close();
    }

    @Test
    void keepsItsDataOverARestart() throws Exception {
        try (EmbeddedPostgresServer server = start()) {
            execute(server, "create table kept as select 42 as answer");
        }
        try (EmbeddedPostgresServer server = start()) {
            assertThat(query(server, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void takesOverFromAPostgresThatAKilledProcessLeftRunning() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PostgresHost.class.getName(),
                        folder.resolve("postgres").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = killed.inputReader()) {
            assertThat(output.lines().anyMatch(PostgresHost.READY::equals)).isTrue();
        } finally {
            killed.destroyForcibly().waitFor();
        }

        try (EmbeddedPostgresServer server = start()) {
            assertThat(query(server, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(shared.jdbcUrl(), EmbeddedPostgresServer.USER, "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void keepsThePasswordInAFileForItsOwnerOnly() throws Exception {
        Path file = sharedFolder.resolve("postgres-password");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).isEqualTo(shared.password());
    }

    @Test
    void forcesEveryCommitToTheDisk() throws Exception {
        assertThat(query(shared, "show fsync")).isEqualTo("on");
        assertThat(query(shared, "show synchronous_commit")).isEqualTo("on");
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws Exception {
        assertThat(query(shared, "show listen_addresses")).isEqualTo("localhost");
    }

    @Test
    void aProcessIdThatIsNoPostgresIsLeftAlone() throws IOException {
        Path data = Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(
                data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n");

        OrphanedPostgres.stop(data);

        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    private EmbeddedPostgresServer start() {
        return EmbeddedPostgresServer.start(folder.resolve("postgres"));
    }

    private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgresServer.USER, server.password());
    }
}
