package io.riacho.analytics.job;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that compute nothing and are remembered in memory, by the same contract as Flink's. Code with BROKEN in it is wrong, a
 * job with UNSTARTABLE in it cannot be started, one with CRASHING in it fails once it runs, one with FINISHING ends; one with
 * UNRESTORABLE cannot begin from state. Checkpoints and savepoints outlive {@link #crash}, as files do.
 */
public final class MemoryJobs implements JobRunner {

    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, String> checkpoints = new HashMap<>();
    private final Set<String> savepoints = new HashSet<>();
    private final Map<String, JobMetrics> metrics = new HashMap<>();
    private boolean held;
    private boolean busy;
    /** The application whose next job waits before it is one; null for none. */
    private @Nullable String slow;

    private boolean slowBegan;
    private int numbers;

    /** A job as it was started. */
    public record Job(
            String id,
            JobSpecification specification,
            @Nullable String restoredFrom,
            boolean allowNonRestored,
            JobStatus status,
            int parallelism) {

        Job with(JobStatus.State state, @Nullable String failure) {
            return new Job(
                    id,
                    specification,
                    restoredFrom,
                    allowNonRestored,
                    new JobStatus(state, failure, status.restarts()),
                    parallelism);
        }

        boolean isAlive() {
            return switch (status.state()) {
                case STARTING, RUNNING, RESTARTING, EXHAUSTED -> true;
                default -> false;
            };
        }
    }

    @Override
    public synchronized void check(JobSpecification job) {
        if (busy) {
            throw new BusyException("Other applications are being planned; try again later");
        }
        if (says(job, "BROKEN")) {
            throw new CodeException("BROKEN is no word of SQL", 1, 7);
        }
    }

    @Override
    public synchronized String start(
            JobSpecification job, @Nullable String restoreFrom, boolean allowNonRestoredState) {
        check(job);
        for (Job known : jobs.values()) {
            if (known.specification().run().equals(job.run()) && known.isAlive()) {
                return known.id();
            }
        }
        if (says(job, "UNSTARTABLE") || (restoreFrom != null && says(job, "UNRESTORABLE"))) {
            throw new JobException("There is no place for the job", new IllegalStateException());
        }
        awaitTurn(job);
        String id = UUID.randomUUID().toString().replace("-", "");
        JobStatus.State state = says(job, "FINISHING")
                ? JobStatus.State.FINISHED
                : says(job, "CRASHING")
                        ? JobStatus.State.FAILED
                        : held ? JobStatus.State.STARTING : JobStatus.State.RUNNING;
        String failure = state == JobStatus.State.FAILED ? "It crashed" : null;
        jobs.put(
                id,
                new Job(
                        id,
                        job,
                        restoreFrom,
                        allowNonRestoredState,
                        new JobStatus(state, failure, 0),
                        job.parallelism()));
        notifyAll();
        return id;
    }

    /** The application's next job takes its time to start. */
    public synchronized void slow(String application) {
        slow = application;
        slowBegan = false;
    }

    public synchronized void awaitSlow() throws InterruptedException {
        while (!slowBegan) {
            wait();
        }
    }

    public synchronized void endSlow() {
        slow = null;
        notifyAll();
    }

    private void awaitTurn(JobSpecification job) {
        try {
            while (job.application().equals(slow)) {
                slowBegan = true;
                notifyAll();
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized JobStatus status(String jobId) {
        Job job = jobs.get(jobId);
        return job == null ? new JobStatus(JobStatus.State.UNKNOWN, null, 0) : job.status();
    }

    @Override
    public synchronized String snapshot(String jobId) {
        Job job = alive(jobId);
        return savepoint(job);
    }

    @Override
    public synchronized String stop(String jobId) {
        Job job = alive(jobId);
        if (says(job.specification(), "UNSTOPPABLE")) {
            throw new JobException("No savepoint can be taken", new IllegalStateException());
        }
        String path = savepoint(job);
        put(job.with(JobStatus.State.FINISHED, null));
        return path;
    }

    @Override
    public synchronized void cancel(String jobId) {
        Job job = jobs.get(jobId);
        if (job != null && job.isAlive()) {
            put(job.with(JobStatus.State.CANCELED, null));
        }
    }

    @Override
    public synchronized Optional<String> newestCheckpoint(String run) {
        return Optional.ofNullable(checkpoints.get(run));
    }

    @Override
    public synchronized void delete(String path) {
        savepoints.remove(path);
        checkpoints.remove(path);
        checkpoints.values().remove(path);
        notifyAll();
    }

    @Override
    public synchronized JobMetrics metrics(String jobId) {
        return metrics.getOrDefault(jobId, new JobMetrics(Map.of()));
    }

    /** A job computes in one place. */
    @Override
    public synchronized JobGraph graph(String jobId) {
        Job job = jobs.get(jobId);
        return new JobGraph(
                job == null || !job.isAlive()
                        ? List.of()
                        : List.of(new JobGraph.Vertex(
                                job.id(),
                                "all of " + job.specification().application(),
                                job.status().state().toString(),
                                job.parallelism(),
                                List.of(),
                                metrics(jobId).values())));
    }

    @Override
    public synchronized void rescale(String jobId, int parallelism) {
        Job job = alive(jobId);
        put(new Job(
                job.id(), job.specification(), job.restoredFrom(), job.allowNonRestored(), job.status(), parallelism));
    }

    /** The cluster is no more, and knows no job. */
    public synchronized void crash() {
        jobs.clear();
        notifyAll();
    }

    /** Jobs that are started from now on do not come to run until they are let go. */
    public synchronized void hold() {
        held = true;
    }

    public synchronized void letGo() {
        held = false;
        for (Job job : List.copyOf(jobs.values())) {
            if (job.status().state() == JobStatus.State.STARTING) {
                put(job.with(JobStatus.State.RUNNING, null));
            }
        }
    }

    public synchronized void fail(String jobId, String failure) {
        put(alive(jobId).with(JobStatus.State.FAILED, failure));
    }

    /** The job has taken too much, and still runs. */
    public synchronized void exhaust(String jobId, String how) {
        put(alive(jobId).with(JobStatus.State.EXHAUSTED, how));
    }

    /** There is no room for jobs to be planned, until there is again. */
    public synchronized void setBusy(boolean isBusy) {
        busy = isBusy;
    }

    public synchronized void measure(String jobId, Map<String, Double> values) {
        metrics.put(jobId, new JobMetrics(values));
    }

    /** The job completes a checkpoint. */
    public synchronized String checkpoint(String jobId) {
        Job job = alive(jobId);
        String path = "memory:/checkpoints/" + job.specification().run() + "/" + ++numbers;
        checkpoints.put(job.specification().run(), path);
        notifyAll();
        return path;
    }

    public synchronized Set<String> savepoints() {
        return Set.copyOf(savepoints);
    }

    public synchronized Set<String> checkpointedRuns() {
        return Set.copyOf(checkpoints.keySet());
    }

    /** Jobs of the application that run, and that ended, in the order in which they were started. */
    public synchronized List<Job> of(String application) {
        return jobs.values().stream()
                .filter(job -> job.specification().application().equals(application))
                .toList();
    }

    /** Waits until there is such a job. */
    public synchronized Job await(String application, Predicate<Job> condition) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (true) {
            for (Job job : of(application)) {
                if (condition.test(job)) {
                    return job;
                }
            }
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("There is no such job of " + application + ", but " + of(application));
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public Job awaitRunning(String application) {
        return await(application, job -> job.status().state() == JobStatus.State.RUNNING);
    }

    private void put(Job job) {
        jobs.put(job.id(), job);
        notifyAll();
    }

    private Job alive(String jobId) {
        Job job = jobs.get(jobId);
        if (job == null || !job.isAlive()) {
            throw new JobException("The job is not running", new IllegalStateException(jobId));
        }
        return job;
    }

    private String savepoint(Job job) {
        String path = "memory:/savepoints/" + job.specification().run() + "/" + ++numbers;
        savepoints.add(path);
        return path;
    }

    private static boolean says(JobSpecification job, String word) {
        return job.inserts().stream().anyMatch(insert -> insert.contains(word))
                || job.statements().stream().anyMatch(statement -> statement.contains(word));
    }
}
