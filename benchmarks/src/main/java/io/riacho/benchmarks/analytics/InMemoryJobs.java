package io.riacho.benchmarks.analytics;

import io.riacho.benchmarks.load.Endpoint;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The process of {@link InMemoryJob}, which stays from round to round, so that its code is as warm as the server's. It ends with
 * its input, so also with this process.
 */
final class InMemoryJobs implements AutoCloseable {

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private InMemoryJobs(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
    }

    /**
     * @param repository with the unpacked jar that {@code ./riacho} starts
     * @param folder for checkpoints and the log
     */
    static InMemoryJobs start(Path repository, Endpoint server, List<String> jvmOptions, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(repository.resolve("standalone/target/riacho/lib") + "/*:"
                + repository.resolve("benchmarks/target/classes"));
        command.add(InMemoryJob.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "BENCHMARK_URL", server.url().toString(),
                        "BENCHMARK_REGION", server.region(),
                        "BENCHMARK_ACCESS_KEY_ID", server.accessKeyId(),
                        "BENCHMARK_SECRET_ACCESS_KEY", server.secretAccessKey(),
                        "BENCHMARK_FOLDER", folder.toString()));
        return new InMemoryJobs(builder.start());
    }

    /** Returns when the job has ended: all its rows are in the stream. */
    void run(String toStream, long records) throws IOException {
        commands.write(toStream + " " + records + "\n");
        commands.flush();
        for (String line = answers.readLine(); ; line = answers.readLine()) {
            if (line == null) {
                throw new IOException("The process of the job from memory has ended; see its errors.log");
            }
            if (line.startsWith(InMemoryJob.FINISHED)) {
                return;
            }
            if (line.startsWith(InMemoryJob.FAILED)) {
                throw new IOException(line);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
