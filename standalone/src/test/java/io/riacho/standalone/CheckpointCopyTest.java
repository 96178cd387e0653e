package io.riacho.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class CheckpointCopyTest {

    private static final String ATTEMPT = "checkpoints/run/1";
    private static final int RETAINED = 2;
    private static final int COPIES = 10;

    @TempDir
    Path folder;

    /** As Flink does: files that several checkpoints share, then what names them, and only then are older ones deleted. */
    private final class Job {

        private final Path attempt = folder.resolve("analytics").resolve(ATTEMPT);
        private final Deque<List<String>> retained = new ArrayDeque<>();
        private int number;

        void checkpoint() throws IOException {
            Files.createDirectories(attempt.resolve("shared"));
            number++;
            List<String> files = new ArrayList<>(List.of("state-" + number));
            if (!retained.isEmpty()) {
                files.add(retained.getLast().getFirst());
            }
            Files.writeString(attempt.resolve("shared/state-" + number), "state " + number);
            Path checkpoint = Files.createDirectories(attempt.resolve("chk-" + number));
            Files.writeString(checkpoint.resolve("_metadata"), String.join("\n", files));
            retained.addLast(files);
            if (retained.size() > RETAINED) {
                retained.removeFirst();
                Path old = attempt.resolve("chk-" + (number - RETAINED));
                Files.delete(old.resolve("_metadata"));
                Files.delete(old);
                Files.deleteIfExists(attempt.resolve("shared/state-" + (number - RETAINED - 1)));
            }
        }
    }

    @Test
    void everyCheckpointInACopyIsWholeAndThereIsOne() throws Exception {
        Job job = new Job();
        job.checkpoint();
        AtomicBoolean ended = new AtomicBoolean();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> running = thread.submit(() -> {
                while (!ended.get()) {
                    job.checkpoint();
                    // Checkpoints are not made without end: a job has something else to do, too.
                    Thread.sleep(100);
                }
                return ended.get();
            });
            try {
                for (int i = 0; i < COPIES; i++) {
                    Path copy = folder.resolve("copy-" + i);
                    CheckpointCopy.copy(folder.resolve("analytics"), copy);
                    assertThat(wholeCheckpoints(copy.resolve(ATTEMPT))).isPositive();
                }
            } finally {
                ended.set(true);
            }
            running.get();
        }
    }

    private static int wholeCheckpoints(Path attempt) throws IOException {
        int found = 0;
        try (Stream<Path> files = Files.list(attempt)) {
            for (Path checkpoint : files.filter(
                            path -> path.getFileName().toString().startsWith("chk-"))
                    .toList()) {
                for (String needed : Files.readAllLines(checkpoint.resolve("_metadata"))) {
                    assertThat(attempt.resolve("shared").resolve(needed)).exists();
                }
                found++;
            }
        }
        return found;
    }

    @Test
    void savepointsAreCopiedAndTemporaryFilesAreNot() throws IOException {
        Path analytics = folder.resolve("analytics");
        Files.createDirectories(analytics.resolve("savepoints/run/savepoint-1"));
        Files.writeString(analytics.resolve("savepoints/run/savepoint-1/_metadata"), "all");
        Files.createDirectories(analytics.resolve("tmp/123"));
        CheckpointCopy.copy(analytics, folder.resolve("copy"));
        assertThat(folder.resolve("copy/savepoints/run/savepoint-1/_metadata")).hasContent("all");
        assertThat(folder.resolve("copy/tmp")).doesNotExist();
    }
}
