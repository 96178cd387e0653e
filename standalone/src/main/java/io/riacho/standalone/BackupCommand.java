package io.riacho.standalone;

import io.riacho.streams.backup.BackupSettings;
import io.riacho.streams.backup.FolderCopy;
import io.riacho.streams.backup.StreamsBackup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code backup TO} copies the data folder of a server that may be running and in use, and {@code restore FROM} makes a
 * data folder of such a copy.
 *
 * <p>The order makes the copy one that a server can be started from. The database comes first, so that nothing in it, no
 * checkpoint of a reader above all, speaks of what the rest does not have. Then the state of Flink's jobs, for the same
 * reason, then the log; what the log has on top is set right at the first start. Objects of the embedded S3 and everything
 * else may be later than the database: what was delivered meanwhile is delivered again, under the same names.
 */
final class BackupCommand {

    private static final int WRONG_USE = 2;
    private static final String WITHOUT_DATABASE = "--without-database";
    private static final String DATA = "data";
    /** Written last: where it is missing, the backup is not complete. */
    private static final String COMPLETE = "complete";

    private static final String POSTGRES = "postgres";
    private static final String ANALYTICS = "analytics";
    private static final Set<String> LEFT_OUT = Set.of(POSTGRES, "postgres-binaries", ANALYTICS);

    private final PrintStream out;
    private final PrintStream err;

    BackupCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    static boolean isNamedBy(String[] arguments) {
        return arguments.length > 0 && (arguments[0].equals("backup") || arguments[0].equals("restore"));
    }

    /** @return the status to exit with */
    int run(String... arguments) {
        List<String> rest = new ArrayList<>(List.of(arguments));
        boolean isBackup = rest.removeFirst().equals("backup");
        boolean withoutDatabase = isBackup && rest.remove(WITHOUT_DATABASE);
        if (rest.size() != 1 || rest.getFirst().startsWith("-")) {
            err.println("Use: backup TO [" + WITHOUT_DATABASE + "], or restore FROM");
            return WRONG_USE;
        }
        Path copy = Path.of(rest.getFirst()).toAbsolutePath().normalize();
        BackupSettings settings = BackupSettings.of("standalone");
        Path data = settings.data().toAbsolutePath().normalize();
        try {
            if (isBackup) {
                backup(settings, data, copy, withoutDatabase);
            } else {
                restore(copy, data);
            }
            return 0;
        } catch (Refusal e) {
            err.println(e.getMessage());
            return WRONG_USE;
        } catch (IOException | SQLException e) {
            err.println("It failed, and what is in " + (isBackup ? copy : data) + " is of no use: " + e.getMessage());
            return 1;
        }
    }

    /** What was asked for cannot be done; nothing was changed. */
    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    private void backup(BackupSettings settings, Path data, Path to, boolean withoutDatabase)
            throws IOException, SQLException, Refusal {
        requireEmpty(to);
        if (to.startsWith(data)) {
            throw new Refusal("The backup cannot lie in the data folder " + data);
        }
        Path postgres = data.resolve(POSTGRES);
        boolean isEmbedded = settings.databaseUrl() == null;
        if (isEmbedded && !Files.exists(postgres.resolve("postmaster.pid"))) {
            throw new Refusal(
                    "No server is running in " + data + ". Copy the folder as it is, and start from the copy.");
        }
        if (!isEmbedded && !withoutDatabase) {
            throw new Refusal(
                    "The database is not in the data folder. Save it first, with pg_dump, then call this with "
                            + WITHOUT_DATABASE + ".");
        }
        Instant begin = Instant.now();
        makePrivate(to);
        Path copy = to.resolve(DATA);
        makePrivate(copy);
        try (Connection database = isEmbedded ? embedded(postgres) : settings.connect()) {
            if (isEmbedded) {
                DatabaseCopy.copy(postgres, copy.resolve(POSTGRES), database);
                out.println("Saved the database");
            }
            if (Files.exists(data.resolve(ANALYTICS))) {
                CheckpointCopy.copy(data.resolve(ANALYTICS), copy.resolve(ANALYTICS));
                out.println("Saved the state of Analytics");
            }
            StreamsBackup.copy(settings.streams(), copy.resolve("streams"), database);
            out.println("Saved the log");
        }
        Path streams = settings.streams().toAbsolutePath().normalize();
        new FolderCopy(path -> !path.equals(streams)
                        && !(data.equals(path.getParent())
                                && LEFT_OUT.contains(path.getFileName().toString())))
                .copy(data, copy);
        Files.writeString(to.resolve(COMPLETE), "begun " + begin + "\nended " + Instant.now() + "\n");
        FolderCopy.force(to.resolve(COMPLETE));
        FolderCopy.force(to);
        out.println("Saved " + data + " to " + to + ". It holds secrets and keys: guard it like the data folder.");
    }

    private static Connection embedded(Path postgres) throws IOException, SQLException {
        String password = Files.readString(postgres.resolveSibling(POSTGRES + "-password"))
                .strip();
        return DatabaseCopy.connect(postgres, EmbeddedPostgresServer.USER, password);
    }

    private void restore(Path from, Path data) throws IOException, Refusal {
        if (!Files.exists(from.resolve(COMPLETE))) {
            throw new Refusal("In " + from + " is no complete backup");
        }
        requireEmpty(data);
        if (data.startsWith(from)) {
            throw new Refusal("The data folder " + data + " lies in the backup. Set RIACHO_DATA to another one.");
        }
        if (data.getParent() != null) {
            Files.createDirectories(data.getParent());
        }
        FolderCopy.ofAll().copy(from.resolve(DATA), data);
        out.println("Restored " + from + " to " + data + ". The server can be started.");
    }

    private static void requireEmpty(Path folder) throws IOException, Refusal {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            if (files.iterator().hasNext()) {
                throw new Refusal("The folder " + folder + " is not empty");
            }
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            if (folder.getParent() != null) {
                Files.createDirectories(folder.getParent());
            }
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
