package io.riacho.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the log alone, roughly: {@code LogSpeed folder seconds [workload…]}. For figures with error bars there is the
 * benchmarks module.
 */
final class LogSpeed {

    private static final int RECORD = 1024;
    private static final byte[] KEY = "user-12345678".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private LogSpeed() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        long seconds = Long.parseLong(args[1]);
        List<String> wanted = List.of(args).subList(2, args.length);
        for (String workload : wanted.isEmpty() ? List.of("batches4", "batches4000", "singles", "read") : wanted) {
            Path own = folder.resolve(workload + "-" + System.nanoTime());
            LogSettings.Builder settings = LogSettings.in(own);
            if (Boolean.getBoolean("os")) {
                settings.durability(LogSettings.Durability.OS);
            }
            try (EmbeddedShardLog log = EmbeddedShardLog.open(settings.build())) {
                switch (workload) {
                    case "batches4" -> batches(log, workload, 4, seconds);
                    case "batches4000" -> batches(log, workload, 4000, seconds);
                    case "singles" -> singles(log, workload, seconds);
                    case "read" -> read(log, workload, seconds, 4, 500);
                    case "readscattered" -> read(log, workload, seconds, 4000, 500);
                    default -> throw new IllegalArgumentException(workload);
                }
                long start = System.nanoTime();
                log.close();
                System.out.printf("  closed in %.2f s%n", (System.nanoTime() - start) / 1e9);
            }
            start(own);
            delete(own);
        }
    }

    private static void start(Path folder) {
        long start = System.nanoTime();
        EmbeddedShardLog.open(LogSettings.in(folder).build()).close();
        System.out.printf("  opened and closed in %.2f s%n", (System.nanoTime() - start) / 1e9);
    }

    private static void delete(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void batches(EmbeddedShardLog log, String name, int shards, long seconds) throws Exception {
        byte[] data = new byte[RECORD];
        ThreadLocalRandom.current().nextBytes(data);
        measure(log, name, Executors.newFixedThreadPool(4), 4, seconds, 500, () -> {
            Append append = new Append(500);
            for (int i = 0; i < 500; i++) {
                append.add(ThreadLocalRandom.current().nextInt(shards), KEY, data, 0, RECORD);
            }
            return append;
        });
    }

    private static void singles(EmbeddedShardLog log, String name, long seconds) throws Exception {
        byte[] data = new byte[RECORD];
        ThreadLocalRandom.current().nextBytes(data);
        measure(log, name, Executors.newVirtualThreadPerTaskExecutor(), 64, seconds, 1, () -> {
            Append append = new Append(1);
            append.add(ThreadLocalRandom.current().nextInt(4), KEY, data, 0, RECORD);
            return append;
        });
    }

    private static void measure(
            EmbeddedShardLog log,
            String name,
            ExecutorService executor,
            int threads,
            long seconds,
            int records,
            Callable<Append> appends)
            throws Exception {
        AtomicLong done = new AtomicLong();
        long start = System.nanoTime();
        long warm = start + 2_000_000_000L;
        long end = warm + seconds * 1_000_000_000L;
        List<Future<long[]>> results = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            results.add(executor.submit(() -> {
                long[] latencies = new long[1 << 20];
                int n = 0;
                while (true) {
                    long before = System.nanoTime();
                    if (before >= end) {
                        return Arrays.copyOf(latencies, n);
                    }
                    log.append(appends.call()).join();
                    if (before >= warm) {
                        done.addAndGet(records);
                        if (n < latencies.length) {
                            latencies[n++] = System.nanoTime() - before;
                        }
                    }
                }
            }));
        }
        List<long[]> all = new ArrayList<>();
        for (Future<long[]> result : results) {
            all.add(result.get());
        }
        executor.shutdown();
        long[] sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        LogStatistics statistics = log.statistics();
        System.out.printf(
                "%-14s %,9d records/s %7.1f MB/s  p50 %.2f p99 %.2f p99.9 %.2f max %.1f ms  %,d bytes a commit%n",
                name,
                done.get() / seconds,
                done.get() / seconds * RECORD / 1e6,
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 0.999),
                at(sorted, 1),
                statistics.appendedBytes() / Math.max(1, statistics.commits()));
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * part))] / 1e6;
    }

    private static void read(EmbeddedShardLog log, String name, long seconds, int shards, int records)
            throws Exception {
        byte[] data = new byte[RECORD];
        ThreadLocalRandom.current().nextBytes(data);
        for (int a = 0; a < 2000; a++) {
            Append append = new Append(records);
            for (int i = 0; i < records; i++) {
                append.add((a * (long) records + i) % shards, KEY, data, 0, RECORD);
            }
            log.append(append).join();
        }
        drain(log, name + " tail+seg", seconds, shards);
        log.flush();
        drain(log, name + " segments", seconds, shards);
    }

    private static void drain(EmbeddedShardLog log, String name, long seconds, int shards) {
        LogChunk chunk = log.newChunk();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        long count = 0;
        long bytes = 0;
        while (System.nanoTime() < end) {
            for (int s = 0; s < shards && System.nanoTime() < end; s++) {
                for (long offset = 0; offset < log.endOffset(s); offset = chunk.nextOffset()) {
                    log.read(s, offset, Long.MIN_VALUE, 1 << 20, chunk);
                    while (chunk.next()) {
                        count++;
                        bytes += chunk.dataLength();
                    }
                }
            }
        }
        double time = (System.nanoTime() - start) / 1e9;
        System.out.printf("%-22s %,9.0f records/s %7.1f MB/s by one thread%n", name, count / time, bytes / time / 1e6);
    }
}
