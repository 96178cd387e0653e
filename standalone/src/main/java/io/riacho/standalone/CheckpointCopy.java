package io.riacho.standalone;

import io.riacho.streams.backup.FolderCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies the folder of Analytics while jobs make checkpoints in it and delete older ones. A checkpoint that is still there
 * when all is copied was there all the time, with every file that it needs: {@code chk-…} comes before {@code shared} in
 * the order of names. Others are taken out of the copy again.
 */
final class CheckpointCopy {

    private static final int ATTEMPTS = 20;
    private static final String CHECKPOINTS = "checkpoints";
    private static final String METADATA = "_metadata";

    private final Path from;
    private final Path to;

    private CheckpointCopy(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** @param to a folder that does not exist */
    static void copy(Path from, Path to) throws IOException {
        new CheckpointCopy(from, to).copy();
    }

    private void copy() throws IOException {
        Path temporary = from.resolve("tmp");
        Path checkpoints = from.resolve(CHECKPOINTS);
        new FolderCopy(path -> !path.equals(temporary) && !path.equals(checkpoints)).copy(from, to);
        if (!Files.isDirectory(checkpoints)) {
            return;
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            List<Path> before = attemptsWithCheckpoints(checkpoints);
            FolderCopy.remove(to.resolve(CHECKPOINTS));
            FolderCopy.ofAll().copy(checkpoints, to.resolve(CHECKPOINTS));
            removeWhatIsNotWhole();
            List<Path> copied = attemptsWithCheckpoints(to.resolve(CHECKPOINTS));
            List<Path> still = attemptsWithCheckpoints(checkpoints);
            if (before.stream().filter(still::contains).allMatch(copied::contains)) {
                return;
            }
        }
        throw new IOException(
                "Jobs take new checkpoints in the place of older ones faster than these can be copied from "
                        + checkpoints);
    }

    private void removeWhatIsNotWhole() throws IOException {
        for (Path checkpoint : checkpointsIn(to.resolve(CHECKPOINTS))) {
            Path original = from.resolve(to.relativize(checkpoint));
            if (!Files.exists(checkpoint.resolve(METADATA)) || !Files.exists(original.resolve(METADATA))) {
                FolderCopy.remove(checkpoint);
            }
        }
    }

    /** Relative to the folder. */
    private static List<Path> attemptsWithCheckpoints(Path folder) throws IOException {
        return checkpointsIn(folder).stream()
                .filter(checkpoint -> Files.exists(checkpoint.resolve(METADATA)))
                .map(checkpoint -> folder.relativize(checkpoint).getParent())
                .distinct()
                .toList();
    }

    private static List<Path> checkpointsIn(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path run : list(folder)) {
            for (Path attempt : list(run)) {
                for (Path checkpoint : list(attempt)) {
                    if (checkpoint.getFileName().toString().startsWith("chk-")) {
                        found.add(checkpoint);
                    }
                }
            }
        }
        return found;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            // The first was deleted meanwhile.
            return List.of();
        }
    }
}
