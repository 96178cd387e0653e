package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker process of a {@link ConsumerProgram}, with its journal and its log in one folder. */
final class ConsumerWorker implements AutoCloseable {

    private static final int LINES_OF_LOG = 60;

    private final String name;
    private final Process process;
    private final WorkerJournal journal;
    private final Path log;

    private ConsumerWorker(String name, Process process, WorkerJournal journal, Path log) {
        this.name = name;
        this.process = process;
        this.journal = journal;
        this.log = log;
    }

    static ConsumerWorker started(
            ConsumerProgram program, Target target, String stream, String application, Path folder, String name) {
        Path journal = folder.resolve(name + ".journal");
        Path log = folder.resolve(name + ".log");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(journal);
            ProcessBuilder builder = new ProcessBuilder(program.command(target, stream, application, journal, name))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            ClientEnvironment.set(builder.environment(), target);
            builder.environment().put("JAVA", ConsumerProgram.java());
            return new ConsumerWorker(name, builder.start(), new WorkerJournal(name, journal), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    WorkerJournal journal() {
        return journal;
    }

    /** @throws AssertionError with the end of its log, if the worker has ended by itself */
    void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("The worker " + name + " ended with " + process.exitValue() + ":\n" + endOfLog());
        }
    }

    /** {@code kill -9} of the worker and of the processes that it has started. */
    void kill() {
        List<ProcessHandle> handles = new ArrayList<>(process.descendants().toList());
        handles.add(process.toHandle());
        handles.forEach(ProcessHandle::destroyForcibly);
        handles.forEach(handle -> handle.onExit().join());
    }

    /** Lets the worker hand its leases back. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
        } catch (IOException e) {
            return log + ": " + e;
        }
    }
}
