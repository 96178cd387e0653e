package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobException;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the state of runs lies:
 *
 * <pre>
 * checkpoints/&lt;run&gt;/&lt;attempt&gt;/chk-&lt;n&gt;/_metadata
 * savepoints/&lt;run&gt;/savepoint-&lt;…&gt;/_metadata
 * </pre>
 *
 * Each time that a run is sent to Flink is an attempt, with a folder of its own: once it has completed a checkpoint, the folders of the
 * attempts before are of no more use, with all that a crash left in them. Checkpoints of one run are numbered through all its attempts.
 * Through Flink's file systems, for a remote cluster's state may lie elsewhere.
 */
final class RunFolders {

    private static final Logger LOG = LoggerFactory.getLogger(RunFolders.class);
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final Pattern ATTEMPT = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String METADATA = "_metadata";

    private final Path checkpoints;
    private final Path savepoints;

    RunFolders(Path root) {
        this.checkpoints = new Path(root, "checkpoints");
        this.savepoints = new Path(root, "savepoints");
    }

    /** A completed checkpoint or savepoint: {@code _metadata} is there and can be read to its end. */
    private record Completed(long number, Path folder) {}

    static void checkRun(String run) {
        if (!RUN.matcher(run).matches()) {
            throw new IllegalArgumentException("Not the name of a run: " + run);
        }
    }

    Path attempt(String run, int attempt) {
        checkRun(run);
        return new Path(new Path(checkpoints, run), Integer.toString(attempt));
    }

    Path savepoints(String run) {
        checkRun(run);
        return new Path(savepoints, run);
    }

    void make(Path folder) {
        try {
            folder.getFileSystem().mkdirs(folder);
        } catch (IOException e) {
            throw new JobException("The folder for checkpoints cannot be made: " + folder, e);
        }
    }

    /** 0 where there was none. */
    int lastAttempt(String run) {
        return attempts(run).stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    boolean hasCompleted(String run, int attempt) {
        return !completed(attempt(run, attempt)).isEmpty();
    }

    /** The state to go on from; what is older than the newest attempt's is removed. */
    Optional<String> newest(String run) {
        checkRun(run);
        List<Integer> attempts = attempts(run);
        attempts.sort(Comparator.reverseOrder());
        List<Completed> found = new ArrayList<>(completed(savepoints(run)));
        for (int i = 0; i < attempts.size(); i++) {
            List<Completed> own = completed(attempt(run, attempts.get(i)));
            if (!own.isEmpty()) {
                found.addAll(own);
                attempts.subList(i + 1, attempts.size()).forEach(old -> remove(attempt(run, old)));
                break;
            }
        }
        return found.stream()
                .max(Comparator.comparingLong(Completed::number))
                .map(newest -> newest.folder().toString());
    }

    boolean isComplete(String path) {
        return number(new Path(path)).isPresent();
    }

    /** @param path of a savepoint, or of a checkpoint, which stands for all of its run, or the name of a run */
    void delete(String path) {
        if (RUN.matcher(path).matches()) {
            deleteCheckpoints(path);
            return;
        }
        Path state = new Path(path);
        if (isIn(state, savepoints) && state.depth() == savepoints.depth() + 2) {
            remove(state);
        } else if (isIn(state, checkpoints)) {
            Path run = state;
            while (run.depth() > checkpoints.depth() + 1) {
                run = Objects.requireNonNull(run.getParent());
            }
            remove(run);
        } else {
            throw new IllegalArgumentException("Not a checkpoint or savepoint of Analytics: " + path);
        }
    }

    void deleteCheckpoints(String run) {
        checkRun(run);
        remove(new Path(checkpoints, run));
    }

    private static boolean isIn(Path path, Path folder) {
        // Path resolves . and .. when it is made.
        String parent = folder.toUri().getPath() + Path.SEPARATOR;
        String child = path.toUri().normalize().getPath();
        String scheme = path.toUri().getScheme();
        return child.startsWith(parent)
                && child.length() > parent.length()
                && (scheme == null || scheme.equals(folder.toUri().getScheme()));
    }

    private List<Integer> attempts(String run) {
        checkRun(run);
        List<Integer> attempts = new ArrayList<>();
        for (FileStatus file : list(new Path(checkpoints, run))) {
            String name = file.getPath().getName();
            if (file.isDir() && ATTEMPT.matcher(name).matches()) {
                attempts.add(Integer.parseInt(name));
            }
        }
        return attempts;
    }

    private static List<Completed> completed(Path folder) {
        List<Completed> completed = new ArrayList<>();
        for (FileStatus file : list(folder)) {
            if (file.isDir() && !file.getPath().getName().startsWith(".")) {
                number(file.getPath()).ifPresent(number -> completed.add(new Completed(number, file.getPath())));
            }
        }
        return completed;
    }

    private static Optional<Long> number(Path state) {
        Path metadata = new Path(state, METADATA);
        try {
            FileSystem files = metadata.getFileSystem();
            if (!files.exists(metadata)) {
                return Optional.empty();
            }
            try (DataInputStream in = new DataInputStream(files.open(metadata))) {
                return Optional.of(
                        Checkpoints.loadCheckpointMetadata(in, RunFolders.class.getClassLoader(), state.toString())
                                .getCheckpointId());
            }
        } catch (FileNotFoundException e) {
            // Newer checkpoints take the place of older ones while this looks.
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read, and is left out: {}", metadata, e.toString());
            return Optional.empty();
        }
    }

    private static FileStatus[] list(Path folder) {
        try {
            FileStatus[] files = folder.getFileSystem().listStatus(folder);
            return files == null ? new FileStatus[0] : files;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        } catch (IOException e) {
            throw new JobException("The folder of checkpoints cannot be read: " + folder, e);
        }
    }

    private static void remove(Path folder) {
        try {
            folder.getFileSystem().delete(folder, true);
        } catch (IOException e) {
            throw new JobException("Cannot remove " + folder, e);
        }
    }
}
