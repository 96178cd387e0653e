package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process in which a job of Flink counts a stream's records under each key, with checkpoints. See {@code
 * consumer-programs/flink}.
 */
final class FlinkJob implements AutoCloseable {

    /** The connector keeps its state by Kryo, which wants to look into Java's own collections. */
    private static final JavaProgram PROGRAM = new JavaProgram(
            "consumer-programs/flink",
            "io.riacho.consumers.flink.CountingJob",
            List.of("-Xmx512m", "--add-opens=java.base/java.util=ALL-UNNAMED"));

    private final ClientProcess process;
    private final AppendedFile file;
    private final Path states;
    private final List<CountedRecord> counted = new ArrayList<>();
    private @Nullable String savepoint;

    private FlinkJob(ClientProcess process, AppendedFile file, Path states) {
        this.process = process;
        this.file = file;
        this.states = states;
    }

    /**
     * @param mode {@code polling} or {@code fan-out}
     * @param state a checkpoint or savepoint from which the job goes on, or null if it begins
     */
    static FlinkJob started(
            String name, String mode, Target target, String stream, Path folder, @Nullable String state) {
        Path journal = folder.resolve(name + ".journal");
        Path states = folder.resolve(name + "-states");
        List<String> arguments =
                new ArrayList<>(List.of(target.url().toString(), stream, mode, journal.toString(), states.toString()));
        if (state != null) {
            arguments.add(state);
        }
        return new FlinkJob(
                ClientProcess.started(name, PROGRAM.command(arguments), target, folder),
                new AppendedFile(journal),
                states);
    }

    /** What it has counted until now. */
    List<CountedRecord> counted() {
        for (String line : file.newLines()) {
            switch (line.split("\t", -1)[1]) {
                case "counted" -> counted.add(CountedRecord.parsed(line));
                case "savepoint" -> savepoint = line.split("\t", -1)[2];
                default -> throw new AssertionError("Not a line of a job: " + line);
            }
        }
        return List.copyOf(counted);
    }

    void assertAlive() {
        process.assertAlive();
    }

    /** {@code kill -9}, which leaves its latest checkpoint. */
    String kill() {
        process.kill();
        return newestCheckpoint().toUri().toString();
    }

    boolean hasCheckpoint() {
        return checkpoints().findAny().isPresent();
    }

    /** Stops it, and returns the savepoint that it makes. */
    String stop() {
        process.close();
        counted();
        return Optional.ofNullable(savepoint)
                .orElseThrow(() -> new AssertionError(process.name() + " left no savepoint:\n" + process.endOfLog()));
    }

    String endOfLog() {
        return process.endOfLog();
    }

    @Override
    public void close() {
        process.close();
    }

    private Path newestCheckpoint() {
        return checkpoints()
                .max(Comparator.comparingInt(folder ->
                        Integer.parseInt(folder.getFileName().toString().substring("chk-".length()))))
                .orElseThrow(() -> new AssertionError("No checkpoint in " + states + ":\n" + process.endOfLog()));
    }

    /** The folders of those that are complete. */
    private Stream<Path> checkpoints() {
        try (Stream<Path> files = Files.find(states, 3, (path, attributes) -> path.endsWith("_metadata"))) {
            return files
                    .map(Path::getParent)
                    .filter(folder -> folder.getFileName().toString().startsWith("chk-"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            // An older one was being removed.
            return Stream.of();
        }
    }
}
