package io.riacho.standalone;

import io.riacho.protocol.secret.SecretFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/**
 * A PostgreSQL server in a folder, on a free port of the loopback interface, with a password that is kept beside it in a
 * file for its owner only. It is durable: every commit is forced to the disk.
 */
final class EmbeddedPostgresServer implements AutoCloseable {

    static final String USER = "postgres";

    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "password_encryption", "scram-sha-256",
            "unix_socket_directories", "''",
            "shared_buffers", "32MB",
            "max_connections", "50");
    private static final String ACCESS_RULES = """
            # TYPE  DATABASE  USER  ADDRESS       METHOD
            host    all       all   127.0.0.1/32  scram-sha-256
            host    all       all   ::1/128       scram-sha-256
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PASSWORD_BYTES = 24;

    private final EmbeddedPostgres postgres;
    private final String password;

    private EmbeddedPostgresServer(EmbeddedPostgres postgres, String password) {
        this.postgres = postgres;
        this.password = password;
    }

    /** Starts the server; the first time, makes the database. */
    static EmbeddedPostgresServer start(Path folder) {
        Path data = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(data.getParent());
            OrphanedPostgres.stop(data);
            String password = password(data.resolveSibling(data.getFileName() + "-password"));
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    // It is stopped behind the services, which still have something to write.
                    .setRegisterShutdownHook(false)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(data.resolveSibling(data.getFileName() + "-binaries")
                            .toFile())
                    .setConnectConfig("password", password)
                    .setPGStartupWait(PATIENCE);
            SETTINGS.forEach(builder::setServerConfig);
            EmbeddedPostgres started = builder.start();
            secure(started, data.resolve("pg_hba.conf"), password);
            return new EmbeddedPostgresServer(started, password);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start in " + data, e);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    /** A new database lets everyone on this machine in; from now on only those who know the password. */
    private static void secure(EmbeddedPostgres postgres, Path accessRules, String password) throws IOException {
        if (Files.readString(accessRules).equals(ACCESS_RULES)) {
            return;
        }
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter user " + USER + " password '" + password + "'");
            Files.writeString(accessRules, ACCESS_RULES);
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IOException("the password of PostgreSQL could not be set", e);
        }
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            SecretFile.write(file, HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
        }
        return Files.readString(file).strip();
    }
}
