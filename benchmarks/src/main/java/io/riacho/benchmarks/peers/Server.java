package io.riacho.benchmarks.peers;

import java.io.IOException;
import java.time.Duration;

/** A server that runs until it is closed. */
public interface Server extends AutoCloseable {

    String name();

    /** From the start of the process to the first answered request. */
    Duration startedIn();

    /** Resident memory of its process, in MiB. */
    double residentMebibytes() throws IOException;

    /** Closes all servers that are still running; for when this process is being ended. */
    static void closeAll() {
        ServerProcess.closeAll();
    }

    @Override
    void close() throws IOException;
}
