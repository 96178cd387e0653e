package io.riacho.streams;

import io.riacho.protocol.secret.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sees to it that the database and the log's folder belong together. A log read with another database would give one
 * stream's records out as another's.
 */
final class Installation {

    private static final String FILE = "installation";

    private Installation() {}

    /** @throws IllegalStateException where they do not belong together */
    static void check(Path folder, JdbcClient jdbc) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(FILE);
            List<String> stored = jdbc.sql("select id::text from streams.installation")
                    .query((row, _) -> row.getString(1))
                    .list();
            if (Files.exists(file)) {
                require(stored.equals(List.of(Files.readString(file).strip())), folder);
            } else {
                require(stored.isEmpty() || isUnused(folder), folder);
                mark(file, stored.isEmpty() ? insert(jdbc) : stored.getFirst());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be used", e);
        }
    }

    /** The database is told first: a folder that is marked always has its database. */
    private static String insert(JdbcClient jdbc) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into streams.installation (id) values (:id)")
                .param("id", id)
                .update();
        return id.toString();
    }

    private static void mark(Path file, String id) throws IOException {
        SecretFile.write(file, (id + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isUnused(Path folder) {
        return !Files.exists(folder.resolve("log"));
    }

    private static void require(boolean fits, Path folder) {
        if (!fits) {
            throw new IllegalStateException("The folder " + folder + " and the database belong to different"
                    + " installations. Give the database that was used with this folder, or an empty folder and an"
                    + " empty database.");
        }
    }
}
