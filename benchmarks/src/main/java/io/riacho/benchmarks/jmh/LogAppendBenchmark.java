package io.riacho.benchmarks.jmh;

import io.riacho.log.Append;
import io.riacho.log.Appended;
import io.riacho.log.EmbeddedShardLog;
import io.riacho.log.LogSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Appends of 1 KiB records with their commit: one at a time, and four that may share commits. The folder lies in the system's temporary folder, which has to be on the disk in question: {@code -jvmArgs -Djava.io.tmpdir=…}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@NullUnmarked
public class LogAppendBenchmark {

    private static final int RECORD_BYTES = 1024;
    private static final int IN_FLIGHT = 4;

    @Param({"1", "500"})
    public int records;

    @Param({"4", "4000"})
    public int shards;

    private final Random random = new Random(1);
    private final byte[] data = new byte[RECORD_BYTES];
    private final byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private Path folder = Path.of("");
    private EmbeddedShardLog log;

    @Setup(Level.Trial)
    public void open() throws IOException {
        random.nextBytes(data);
        folder = Files.createTempDirectory("riacho-log-benchmark-");
        log = EmbeddedShardLog.open(LogSettings.in(folder).build());
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        log.close();
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** One append, until it is durable. */
    @Benchmark
    public Appended append() {
        return log.append(next()).join();
    }

    /** Four appends at once, until all are durable; the time is for one of them. */
    @Benchmark
    @OperationsPerInvocation(IN_FLIGHT)
    public int appendsInFlight() {
        List<CompletableFuture<Appended>> appended = new ArrayList<>(IN_FLIGHT);
        for (int i = 0; i < IN_FLIGHT; i++) {
            appended.add(log.append(next()));
        }
        int count = 0;
        for (CompletableFuture<Appended> one : appended) {
            count += one.join().size();
        }
        return count;
    }

    private Append next() {
        Append append = new Append(records);
        for (int i = 0; i < records; i++) {
            append.add(random.nextInt(shards), key, data, 0, data.length);
        }
        return append;
    }
}
