package io.riacho.benchmarks.jmh;

import io.riacho.usage.journal.Account;
import io.riacho.usage.journal.Accounts;
import io.riacho.usage.journal.UsageJournal;
import io.riacho.usage.journal.UsagePosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What metering adds to a put: the principal's account, and an entry for each shard, while another thread reads them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class UsageJournalBenchmark {

    private static final String PRINCIPAL = "arn:aws:iam::000000000000:user/producer";
    private static final long MOST_BYTES = 4L << 30;

    private final Accounts accounts = new Accounts();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
    private Path folder = Path.of("");
    private @Nullable UsageJournal journal;
    private UsagePosition position = UsagePosition.of(1);
    private long read;

    @Setup
    public void begin() throws IOException {
        folder = Files.createTempDirectory("usage-journal");
        UsageJournal opened =
                new UsageJournal(folder, 4 << 20, MOST_BYTES, position, () -> reader.execute(() -> open().prepare()));
        opened.begin();
        journal = opened;
        var _ = reader.scheduleWithFixedDelay(this::fold, 100, 100, TimeUnit.MILLISECONDS);
    }

    private UsageJournal open() {
        return Objects.requireNonNull(journal);
    }

    private void fold() {
        position = open().read(position, (_, entry) -> read += entry.records());
        open().forget(position);
    }

    @TearDown
    public void close() throws IOException {
        reader.shutdownNow();
        open().close();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    public void entry() {
        add();
    }

    @Benchmark
    @Threads(4)
    public void entryOfFourThreads() {
        add();
    }

    private void add() {
        Account account = accounts.of(PRINCIPAL, who -> new Account(who, "17", "orders"));
        open().add(account, 1, 5, 1_000, 100, 102_400, 100, 1_795_000_000_000L);
    }
}
