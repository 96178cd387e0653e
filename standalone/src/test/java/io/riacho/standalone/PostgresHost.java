package io.riacho.standalone;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A process of its own that starts PostgreSQL in the given folder, stores something, and waits to be killed. */
final class PostgresHost {

    static final String READY = "ready";

    private PostgresHost() {}

    public static void main(String[] args) throws Exception {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(Path.of(args[0]));
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgresServer.USER, server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept as select 42 as answer");
        }
        System.out.println(READY);
        Thread.sleep(Long.MAX_VALUE);
    }
}
