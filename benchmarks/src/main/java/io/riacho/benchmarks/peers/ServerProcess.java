package io.riacho.benchmarks.peers;

import io.riacho.benchmarks.load.Pauses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A server's process, ended with its children. */
final class ServerProcess implements AutoCloseable {

    private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

    private final String name;
    private final Process process;
    private final Path output;
    private final long startedAt = System.nanoTime();

    private ServerProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    static ServerProcess start(String name, List<String> command, Map<String, String> environment, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        Path output = folder.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        ServerProcess server = new ServerProcess(name, builder.start(), output);
        RUNNING.add(server);
        return server;
    }

    /** Ends all that are still running, for a process that is being ended itself. */
    static void closeAll() {
        RUNNING.forEach(ServerProcess::close);
    }

    /** Asks again and again, and returns how long after the start the first answer came. */
    Duration awaitAnswer(BooleanSupplier answers) throws IOException {
        long end = startedAt + TimeUnit.SECONDS.toNanos(90);
        while (!answers.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(name + " does not answer. Its last output:\n" + lastOutput());
            }
            Pauses.milliseconds(10);
        }
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Resident memory of the process, without its children, in MiB. */
    double residentMebibytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024.0;
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        RUNNING.remove(this);
    }

    private String lastOutput() throws IOException {
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        return text.substring(Math.max(0, text.length() - 3000));
    }
}
