package io.riacho.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
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

    void force(Collection<DiskFile> files) throws IOException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (DiskFile file : files) {
            tasks.add(() -> {
                file.force();
                return null;
            });
        }
        runAll(tasks);
    }

    void forceFolders(Disk disk, Collection<Path> folders) throws IOException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Path folder : folders) {
            tasks.add(() -> {
                disk.forceFolder(folder);
                return null;
            });
        }
        runAll(tasks);
    }

    private void runAll(List<Callable<Void>> tasks) throws IOException {
        try {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("A force failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
