package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A worker process of a {@link ConsumerProgram}, with its journal and its log in one folder. */
final class ConsumerWorker implements AutoCloseable {

    private final ClientProcess process;
    private final WorkerJournal journal;

    private ConsumerWorker(ClientProcess process, WorkerJournal journal) {
        this.process = process;
        this.journal = journal;
    }

    static ConsumerWorker started(
            ConsumerProgram program, Target target, String stream, String application, Path folder, String name) {
        Path journal = folder.resolve(name + ".journal");
        try {
            Files.deleteIfExists(journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ConsumerWorker(
                ClientProcess.started(
                        name, program.command(target, stream, application, journal, name), target, folder),
                new WorkerJournal(name, journal));
    }

    String name() {
        return process.name();
    }

    WorkerJournal journal() {
        return journal;
    }

    /** @throws AssertionError with the end of its log, if the worker has ended by itself */
    void assertAlive() {
        process.assertAlive();
    }

    /** {@code kill -9} of the worker and of the processes that it has started. */
    void kill() {
        process.kill();
    }

    /** Lets the worker hand its leases back. */
    @Override
    public void close() {
        process.close();
    }

    String endOfLog() {
        return process.endOfLog();
    }
}
