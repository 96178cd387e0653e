package io.riacho.streams.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** {@code backup TO}, given to streams-service where it runs alone: copies its folder. */
public final class StreamsBackupCommand {

    private static final int WRONG_USE = 2;

    private StreamsBackupCommand() {}

    /** @return the status to exit with */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length != 1) {
            err.println("Use: backup TO, where TO does not exist. Save the database first.");
            return WRONG_USE;
        }
        BackupSettings settings = BackupSettings.of("streams-service");
        Path to = Path.of(arguments[0]);
        try (Connection database = settings.connect()) {
            StreamsBackup.copy(settings.streams(), to, database);
        } catch (IOException | SQLException e) {
            err.println("The backup failed, and what is in " + to + " is none: " + e.getMessage());
            return 1;
        }
        out.println("Saved " + settings.streams() + " to " + to);
        return 0;
    }
}
