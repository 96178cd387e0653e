package io.riacho.benchmarks.jmh;

import io.riacho.log.BatchCipher;
import io.riacho.streams.encryption.AesGcm;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What encryption adds to a PutRecords of 500 × 1 KiB for four shards, and to reading it: four batches of 125 records. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@NullUnmarked
public class SealingBenchmark {

    private static final int BATCHES = 4;
    private static final int RECORDS = 125 * (1024 + 22);
    private static final int NONCE_AT = 8;
    private static final int RECORDS_AT = 24;

    private final BatchCipher cipher = new AesGcm(new byte[32]);
    private final byte[] batch = new byte[RECORDS_AT + RECORDS + BatchCipher.TAG_BYTES];
    private final byte[] sealed = batch.clone();
    private final byte[] opened = new byte[RECORDS];
    private final byte[] additional = new byte[32];

    @Setup
    public void fill() {
        new Random(1).nextBytes(batch);
        System.arraycopy(batch, 0, sealed, 0, batch.length);
        cipher.seal(sealed, NONCE_AT, RECORDS_AT, RECORDS, additional);
    }

    @Benchmark
    public byte[] seal() {
        for (int i = 0; i < BATCHES; i++) {
            cipher.seal(batch, NONCE_AT, RECORDS_AT, RECORDS, additional);
        }
        return batch;
    }

    @Benchmark
    public byte[] open() {
        for (int i = 0; i < BATCHES; i++) {
            if (!cipher.open(sealed, NONCE_AT, RECORDS_AT, RECORDS, additional, opened)) {
                throw new IllegalStateException("What was sealed does not open");
            }
        }
        return opened;
    }
}
