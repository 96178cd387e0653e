package io.riacho.analytics.runtime;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the heap that all embedded jobs share with the service. Where a collection leaves it nearly full, the job whose tasks allocate
 * most is ended, before there is no memory left for anybody. Which job a thread works for is seen by its class loader, which each job has of
 * its own. For use by one cluster.
 */
final class HeapGuard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeapGuard.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** For the tasks of a job that was ended to let go of what they have. */
    private static final Duration AFTER = Duration.ofSeconds(10);
    /** Of the heap that is left by a collection. */
    static final double FULL = 0.85;

    private final BiConsumer<JobID, String> end;
    private final Heap heap;
    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("flink-heap-guard").daemon().factory());
    private Map<JobID, Long> before = Map.of();
    private long collections;
    private long notBefore = System.nanoTime();

    /** What is known of the heap after the last collection of its old objects. */
    interface Heap {

        /** Of the most that it may have, from 0 to 1. */
        double full();

        /** How many there were. */
        long collections();
    }

    /** @param end is told which job is to be ended, and why */
    HeapGuard(Heap heap, BiConsumer<JobID, String> end) {
        this.heap = heap;
        this.end = end;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(
                this::lookSafely, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warn("The heap could not be looked after", e);
        }
    }

    /** Two looks at a heap that is full end a job: the first measures where the second compares. */
    void look() {
        double full = heap.full();
        if (full < FULL || System.nanoTime() - notBefore < 0 || heap.collections() == collections) {
            before = Map.of();
            return;
        }
        Map<JobID, Long> now = allocated();
        Map<JobID, Long> last = before;
        before = now;
        if (last.isEmpty()) {
            return;
        }
        Map<JobID, Long> asked = new HashMap<>();
        now.forEach((job, bytes) -> asked.put(job, bytes - last.getOrDefault(job, 0L)));
        Optional<JobID> most = asked.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
        if (most.isPresent()) {
            LOG.error(
                    "The heap is {} % full. Job {}, which allocates most, is ended.",
                    Math.round(full * 100), most.get());
            before = Map.of();
            collections = heap.collections();
            notBefore = System.nanoTime() + AFTER.toNanos();
            end.accept(
                    most.get(), "The memory of the process was nearly used up, and this job asked for the most of it");
        }
    }

    /** Bytes by the threads of each job, since they began. */
    private Map<JobID, Long> allocated() {
        Map<JobID, Long> bytes = new HashMap<>();
        for (Thread each : all()) {
            JobID job = each == null ? null : job(each.getContextClassLoader());
            if (each != null && job != null) {
                bytes.merge(job, Math.max(0, threads.getThreadAllocatedBytes(each.threadId())), Long::sum);
            }
        }
        return bytes;
    }

    private static @Nullable Thread[] all() {
        ThreadGroup root = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
        while (root.getParent() != null) {
            root = root.getParent();
        }
        @Nullable Thread[] found = new Thread[root.activeCount() * 2 + 64];
        int unused = root.enumerate(found, true);
        return found;
    }

    /** A place for classes that no other job has. There is nothing there. */
    static String classPath(JobID job) {
        return "file:///riacho-job/" + job.toHexString() + "/";
    }

    private static @Nullable JobID job(@Nullable ClassLoader loader) {
        if (loader instanceof URLClassLoader classes) {
            for (URL url : classes.getURLs()) {
                String[] parts = url.getPath().split("/");
                if (parts.length == 3 && parts[1].equals("riacho-job")) {
                    return JobID.fromHexString(parts[2]);
                }
            }
        }
        return null;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** The heap of this process, as its collector tells of the generation in which objects grow old. */
    static Heap ofProcess() {
        MemoryPoolMXBean pool = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(each -> each.getType() == MemoryType.HEAP && each.isCollectionUsageThresholdSupported())
                .max(Comparator.comparingLong((MemoryPoolMXBean each) -> isOld(each) ? 1 : 0)
                        .thenComparingLong(each -> each.getUsage().getMax()))
                .orElseThrow();
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(each -> List.of(each.getMemoryPoolNames()).contains(pool.getName()))
                .toList();
        return new Heap() {
            @Override
            public double full() {
                MemoryUsage usage = pool.getCollectionUsage();
                return usage == null || usage.getMax() <= 0 ? 0 : (double) usage.getUsed() / usage.getMax();
            }

            @Override
            public long collections() {
                return collectors.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                        .sum();
            }
        };
    }

    private static boolean isOld(MemoryPoolMXBean pool) {
        return pool.getName().contains("Old") || pool.getName().contains("Tenured");
    }
}
