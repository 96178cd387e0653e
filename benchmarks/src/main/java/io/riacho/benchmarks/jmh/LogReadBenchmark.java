package io.riacho.benchmarks.jmh;

import io.riacho.log.Append;
import io.riacho.log.EmbeddedShardLog;
import io.riacho.log.LogChunk;
import io.riacho.log.LogSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reads 1 KiB records of one shard. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@NullUnmarked
public class LogReadBenchmark {

    private static final int RECORD_BYTES = 1024;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final long SHARD = 7;

    private static final int RECORDS = 50_000;
    private static final int RECORDS_READ = 10_000;

    private final Random random = new Random(1);
    private final byte[] data = new byte[RECORD_BYTES];
    private final byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private Path folder = Path.of("");
    private EmbeddedShardLog log;
    private LogChunk chunk;

    @Setup(Level.Trial)
    public void open() throws IOException {
        random.nextBytes(data);
        folder = Files.createTempDirectory("riacho-log-benchmark-");
        log = EmbeddedShardLog.open(LogSettings.in(folder).build());
        chunk = log.newChunk();
        for (int i = 0; i < RECORDS / 500; i++) {
            Append append = new Append(500);
            for (int record = 0; record < 500; record++) {
                append.add(SHARD, key, data, 0, data.length);
            }
            log.append(append).join();
        }
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

    /** 10,000 records of one shard, from a random place. */
    @Benchmark
    public long read() {
        long offset = random.nextInt(RECORDS - RECORDS_READ);
        long end = offset + RECORDS_READ;
        long bytes = 0;
        while (offset < end) {
            log.read(SHARD, offset, Long.MIN_VALUE, CHUNK_BYTES, chunk);
            while (chunk.next()) {
                bytes += chunk.dataLength();
            }
            offset = chunk.nextOffset();
        }
        return bytes;
    }
}
