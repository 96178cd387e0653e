package io.riacho.standalone;

import io.riacho.streams.backup.FolderCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Copies the folder of a PostgreSQL that is running, by its low-level API for backups: the copy recovers, when it is started,
 * to the moment at which the copying ended. The embedded PostgreSQL comes without {@code pg_basebackup}, which does the
 * same.
 *
 * @see <a href="https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">Making a Base
 *     Backup Using the Low Level API</a>
 */
final class DatabaseCopy {

    private static final String WAL = "pg_wal";
    private static final Pattern WAL_FILE = Pattern.compile("[0-9A-F]{24}");

    /** What their content was at the start of a server means nothing to another; the folders have to be there. */
    private static final List<String> EMPTIED = List.of(
            WAL, "pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");

    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map", "backup_manifest");

    private final Path from;
    private final Path to;

    private record End(String label, String lastWalFile) {}

    private DatabaseCopy(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /**
     * @param from the data folder of a running server
     * @param to a folder that does not exist
     */
    static void copy(Path from, Path to, Connection connection) throws SQLException, IOException {
        new DatabaseCopy(from, to).copy(connection);
    }

    /** To the server that runs in the folder. */
    static Connection connect(Path folder, String user, String password) throws IOException, SQLException {
        List<String> lines = Files.readAllLines(folder.resolve("postmaster.pid"));
        if (lines.size() < 4) {
            throw new IOException("PostgreSQL in " + folder + " is only starting");
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + Integer.parseInt(lines.get(3).strip()) + "/postgres", user, password);
    }

    private void copy(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            // Keeps what is written from now on until the connection ends, and a second backup away.
            statement.execute("select pg_create_physical_replication_slot('riacho_backup', true, true)");
            statement.execute("select pg_backup_start('riacho', true)");
            new FolderCopy(this::isCopied).copy(from, to);
            End end = stop(statement);
            for (String name : EMPTIED) {
                makeFolder(to.resolve(name));
            }
            new FolderCopy(file -> isWalUpTo(file, end.lastWalFile())).copy(from.resolve(WAL), to.resolve(WAL));
            Files.writeString(to.resolve("backup_label"), end.label());
            FolderCopy.force(to.resolve("backup_label"));
            FolderCopy.force(to);
        }
    }

    private static End stop(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("select labelfile, pg_walfile_name(lsn) from pg_backup_stop(false)")) {
            row.next();
            return new End(row.getString(1), row.getString(2));
        }
    }

    private boolean isCopied(Path path) {
        String name = path.getFileName().toString();
        boolean isAtTop = from.equals(path.getParent());
        return !(isAtTop && (LEFT_OUT.contains(name) || EMPTIED.contains(name)))
                && !name.startsWith("pgsql_tmp")
                && !name.startsWith("pg_internal.init");
    }

    private static boolean isWalUpTo(Path file, String last) {
        String name = file.getFileName().toString();
        return WAL_FILE.matcher(name).matches() && name.compareTo(last) <= 0 || name.endsWith(".history");
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
