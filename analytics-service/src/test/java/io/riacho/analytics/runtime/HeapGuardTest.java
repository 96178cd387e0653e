package io.riacho.analytics.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.job.JobStatus.State;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which job is ended when the heap that all share is nearly full. */
class HeapGuardTest {

    private final List<JobID> ended = new ArrayList<>();
    private final FullHeap heap = new FullHeap();
    private final HeapGuard guard = new HeapGuard(heap, (job, _) -> ended.add(job));
    private final Task greedy = new Task();
    private final Task modest = new Task();

    @AfterEach
    void close() {
        guard.close();
        greedy.interrupt();
        modest.interrupt();
    }

    @Test
    void theJobThatAllocatesMostIsEnded() throws Exception {
        guard.look();
        greedy.allocate(50_000_000);
        modest.allocate(1_000_000);
        guard.look();

        assertThat(ended).containsExactly(greedy.job);
    }

    @Test
    void whatWasAllocatedLongAgoDoesNotCount() throws Exception {
        modest.allocate(100_000_000);
        guard.look();
        greedy.allocate(50_000_000);
        guard.look();

        assertThat(ended).containsExactly(greedy.job);
    }

    @Test
    void aHeapWithRoomEndsNothing() throws Exception {
        heap.full = 0.84;
        guard.look();
        greedy.allocate(50_000_000);
        guard.look();

        assertThat(ended).isEmpty();
    }

    @Test
    void aJobThatWasEndedIsGivenTimeToLetGoBeforeTheNextIs() throws Exception {
        guard.look();
        greedy.allocate(50_000_000);
        guard.look();
        heap.collections++;
        guard.look();
        modest.allocate(50_000_000);
        guard.look();

        assertThat(ended).containsExactly(greedy.job);
    }

    @Test
    void threadsOfAJobsTasksAreKnownByIt() {
        String run = Jobs.newRun();
        String job = EmbeddedFlink.RUNNER.start(
                Jobs.job(
                        run,
                        List.of(
                                Jobs.noise(),
                                "CREATE TEMPORARY TABLE nowhere (id BIGINT) WITH ('connector' = 'blackhole')"),
                        List.of("INSERT INTO nowhere SELECT id FROM numbers")),
                null,
                false);
        Jobs.await("it runs", () -> EmbeddedFlink.RUNNER.status(job).state() == State.RUNNING);

        guard.look();
        Jobs.await("the job of the cluster is found", () -> {
            heap.collections++;
            guard.look();
            return !ended.isEmpty();
        });

        assertThat(ended).containsExactly(JobID.fromHexString(job));
        EmbeddedFlink.RUNNER.cancel(job);
    }

    private static final class FullHeap implements HeapGuard.Heap {

        private double full = 0.9;
        private long collections = 1;

        @Override
        public double full() {
            return full;
        }

        @Override
        public long collections() {
            return collections;
        }
    }

    /** A thread as a task of a job has. */
    private static final class Task extends Thread {

        private final JobID job = new JobID();
        private final SynchronousQueue<Integer> asked = new SynchronousQueue<>();
        private final SynchronousQueue<Integer> done = new SynchronousQueue<>();

        Task() {
            setDaemon(true);
            try {
                setContextClassLoader(new URLClassLoader(
                        new URL[] {URI.create(HeapGuard.classPath(job)).toURL()}));
            } catch (java.net.MalformedURLException e) {
                throw new IllegalStateException(e);
            }
            start();
        }

        void allocate(int bytes) throws InterruptedException {
            asked.put(bytes);
            int unused = done.take();
        }

        @Override
        public void run() {
            try {
                while (true) {
                    done.put(new byte[asked.take()].length);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
