package io.riacho.streams.backup;

import io.riacho.log.LogCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Copies the folder of streams-service, which may be running and written to. Its database has to be saved <em>before</em>:
 *
 * <ul>
 *   <li>Positions of readers in the database are then not behind the log, so that after a restore records come again
 *       rather than not at all, and never a record under a number that a reader has seen as another's.
 *   <li>What the log has and the database does not know yet is set right by {@link RestoredLog}: shards that were made
 *       meanwhile are deleted, and keys that records were sealed with meanwhile are given to the database. They are read
 *       here after the log, since a key is stored before anything is sealed with it.
 * </ul>
 */
public final class StreamsBackup {

    private static final String LOG = "log";

    private StreamsBackup() {}

    /**
     * @param from the folder of streams-service
     * @param to a folder that does not exist
     * @param database of streams-service, as it is now
     * @throws IOException also where there is no log in the folder
     */
    public static void copy(Path from, Path to, Connection database) throws IOException, SQLException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        LogCopy.copy(from.resolve(LOG), to.resolve(LOG));
        Path log = from.resolve(LOG);
        new FolderCopy(path -> !path.equals(log)).copy(from, to);
        try (OutputStream file = Files.newOutputStream(to.resolve(RestoredLog.FILE))) {
            database.unwrap(PGConnection.class).getCopyAPI().copyOut(RestoredLog.KEYS_OUT, file);
        }
    }
}
