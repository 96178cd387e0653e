package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program beside the server, which ends when its standard input does. Its log is {@code NAME.log} in its folder. */
final class ClientProcess implements AutoCloseable {

    private static final int LINES_OF_LOG = 60;

    private final String name;
    private final Process process;
    private final Path log;

    private ClientProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param folder made where it is missing */
    static ClientProcess started(String name, List<String> command, Target target, Path folder) {
        return started(name, command, folder, environment -> ClientEnvironment.set(environment, target));
    }

    /** One that uses no server, but is used by it. */
    static ClientProcess started(String name, List<String> command, Path folder) {
        return started(name, command, folder, environment -> {});
    }

    private static ClientProcess started(
            String name, List<String> command, Path folder, Consumer<Map<String, String>> more) {
        Path log = folder.resolve(name + ".log");
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            more.accept(builder.environment());
            builder.environment().put("JAVA", JavaProgram.java());
            return new ClientProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** @throws AssertionError with the end of its log, if it has ended by itself */
    void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + endOfLog());
        }
    }

    /** {@code kill -9} of it and of the processes that it has started. */
    void kill() {
        List<ProcessHandle> handles = new ArrayList<>(process.descendants().toList());
        handles.add(process.toHandle());
        handles.forEach(ProcessHandle::destroyForcibly);
        handles.forEach(handle -> handle.onExit().join());
    }

    /** Lets it end in its own way. */
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
