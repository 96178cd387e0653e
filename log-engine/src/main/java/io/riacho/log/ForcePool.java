package io.riacho.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Forces many files at once: file systems serve forces that come together with one flush of their own. Its threads live
 * only as long as they are busy.
 */
final class ForcePool implements AutoCloseable {

    private static final int THREADS = 8;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("log-force-", 0).daemon().factory());

    ForcePool() {
        threads.allowCoreThreadTimeOut(true);
    }

    Forces begin() {
        return new Forces();
    }

    /** Forces that are under way. One thread's. */
    final class Forces {

        private final List<Future<?>> all = new ArrayList<>();

        void add(DiskFile file) {
            all.add(threads.submit(() -> {
                file.force();
                return null;
            }));
        }

        void add(Disk disk, Path folder) {
            all.add(threads.submit(() -> {
                disk.forceFolder(folder);
                return null;
            }));
        }

        /** Waits for all of them, also when one fails. */
        void await() throws IOException {
            IOException failure = null;
            for (Future<?> force : all) {
                try {
                    force.get();
                } catch (ExecutionException e) {
                    failure = new IOException("A force failed: " + e.getCause(), e.getCause());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("Interrupted", e);
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
