package io.riacho.streams.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.riacho.log.Append;
import io.riacho.log.Appended;
import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.usage.UsageProperties;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.util.unit.DataSize;

/** Metering by processes that come one after the other; each but the last is left as a kill would leave it. */
class StreamsUsageTest {

    private static final String ANN = "arn:aws:iam::123456789012:user/ann";
    private static final String BOB = "arn:aws:iam::123456789012:user/bob";
    private static final String STREAM = "orders";

    @TempDir
    private Path folder;

    private StreamsUnderTest service;
    private StreamsUsage usage;
    private Stream stream;
    private final List<StreamsUsage> left = new ArrayList<>();
    private Transactions transactions;

    @BeforeEach
    void begin() {
        service = new StreamsUnderTest(folder.resolve("log"), StreamsUnderTest.A_MOMENT);
        stream = service.create(STREAM, 1);
        transactions = new Transactions(service.transactions());
        usage = started(true);
    }

    @AfterEach
    void end() {
        usage.close();
        service.close();
    }

    @Test
    void whatIsInTheJournalAloneIsCountedOnceByTheNextProcess() {
        put(ANN, 10, 20);
        put(BOB, 30);

        restart(true);
        restart(true);

        assertThat(records()).isEqualTo(Map.of(ANN, 2L, BOB, 1L));
        assertThat(bytes()).isEqualTo(60 + 3);
    }

    @Test
    void whatIsInTheLogAloneIsCountedOnceAsNobodys() {
        put(ANN, 10);
        unmetered(20, 30);
        put(BOB, 40);
        unmetered(50);

        restart(true);
        restart(true);

        assertThat(records()).isEqualTo(Map.of(ANN, 1L, BOB, 1L, Subject.UNKNOWN, 3L));
        assertThat(bytes()).isEqualTo(150 + 5);
    }

    @Test
    void whatWasFoldedIsNotCountedAgain() {
        put(ANN, 10);
        usage.source().upToDate().run();
        put(ANN, 10);
        usage.source().upToDate().run();
        unmetered(10);
        put(ANN, 10);
        usage.source().upToDate().run();
        restart(true);

        assertThat(records()).isEqualTo(Map.of(ANN, 3L, Subject.UNKNOWN, 1L));
    }

    /** The power failed, and took the journal's pages along. */
    @Test
    void recordsWhoseEntriesAreLostAreCountedAsNobodys() throws IOException {
        put(ANN, 10);
        usage.source().upToDate().run();
        put(ANN, 10, 10);
        try (var paths = Files.walk(folder.resolve("usage"))) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }

        restart(true);

        assertThat(records()).isEqualTo(Map.of(ANN, 1L, Subject.UNKNOWN, 2L));
    }

    @Test
    void sealedRecordsAreCountedToo() {
        stream = service.encrypt(STREAM, io.riacho.streams.TestKeyService.MANAGED);
        unmetered(10, 20);

        restart(true);

        assertThat(records()).isEqualTo(Map.of(Subject.UNKNOWN, 2L));
        assertThat(bytes()).isEqualTo(30 + 2);
    }

    @Test
    void whatIsPutWhileNobodyMetersIsNeverCounted() {
        put(ANN, 10);
        restart(false);
        unmetered(10, 10);
        restart(false);
        restart(true);
        put(BOB, 10);
        restart(true);

        assertThat(records()).isEqualTo(Map.of(ANN, 1L, BOB, 1L));
    }

    @Test
    void shardsThatAreMadeAfterTheLastFoldAreCountedFromTheirBeginning() {
        stream = service.create("other", 2);
        unmetered(10);

        restart(true);

        assertThat(records()).isEqualTo(Map.of(Subject.UNKNOWN, 1L));
    }

    @Test
    void theSessionsOfARoleAreOnePrincipal() {
        put("arn:aws:sts::123456789012:assumed-role/writer/one", 10);
        put("arn:aws:sts::123456789012:assumed-role/writer/two", 10);

        restart(true);

        assertThat(records()).isEqualTo(Map.of("arn:aws:sts::123456789012:assumed-role/writer", 2L));
    }

    @Test
    void whatWasAddedThoughNobodyWasToldIsCountedOnce() {
        put(ANN, 10);
        transactions.answers = false;
        assertThatIllegalStateException().isThrownBy(usage.source().upToDate()::run);
        transactions.answers = true;
        put(BOB, 10);
        usage.source().upToDate().run();

        assertThat(records()).isEqualTo(Map.of(ANN, 1L, BOB, 1L));
    }

    @Test
    void whatCouldNotBeAddedIsAddedWithWhatComesNext() {
        put(ANN, 10);
        transactions.commits = false;
        assertThatIllegalStateException().isThrownBy(usage.source().upToDate()::run);
        transactions.commits = true;
        put(BOB, 10);
        usage.source().upToDate().run();

        assertThat(records()).isEqualTo(Map.of(ANN, 1L, BOB, 1L));
    }

    @Test
    void aProcessThatOthersFollowedAddsNothing() {
        put(ANN, 10);
        restart(true);
        restart(true);

        assertThatIllegalStateException()
                .isThrownBy(left.getFirst().source().upToDate()::run)
                .withMessage("Another process meters the same streams");
        assertThat(records()).isEqualTo(Map.of(ANN, 1L));
    }

    private StreamsUsage started(boolean isEnabled) {
        UsageProperties properties = new UsageProperties(
                isEnabled,
                Duration.ofDays(1),
                Duration.ofDays(400),
                100,
                DataSize.ofKilobytes(4),
                DataSize.ofMegabytes(1));
        return new StreamsUsage(
                new UsageTables(service.dataSource(), transactions, "streams", properties),
                folder.resolve("usage"),
                service.log(),
                service.clock());
    }

    /** Leaves the process as it is. */
    private void restart(boolean isEnabled) {
        left.add(usage);
        usage = started(isEnabled);
    }

    private void put(String principal, int... sizes) {
        StreamsMeter.Put put = usage.meter().put(stream, principal);
        Appended appended = append(sizes);
        long bytes = 0;
        long units = 0;
        for (int size : sizes) {
            bytes += size + 1;
            units += put.units(size + 1);
        }
        put.stored(shard().number(), appended.offset(0), sizes.length, bytes, units, appended.timestamp());
    }

    private void unmetered(int... sizes) {
        assertThat(append(sizes).isSealed(0)).isFalse();
    }

    private Appended append(int... sizes) {
        Append append = new Append(sizes.length);
        var key = service.keys().sealing(stream);
        if (key != null) {
            append.sealWith(key);
        }
        for (int size : sizes) {
            append.add(shard().number(), new byte[] {'k'}, new byte[size], 0, size);
        }
        return service.log().append(append).join();
    }

    private Shard shard() {
        return stream.shards().all().getFirst();
    }

    private Map<String, Long> records() {
        return sums("select s.principal, sum(h.amount) from streams.usage_hour h join streams.usage_subject s"
                + " on s.id = h.subject where h.meter = 'streams.records-in' group by s.principal");
    }

    private long bytes() {
        return sums("select '', sum(amount) from streams.usage_hour where meter = 'streams.bytes-in'")
                .getOrDefault("", 0L);
    }

    private Map<String, Long> sums(String sql) {
        Map<String, Long> sums = new TreeMap<>();
        service.jdbc().sql(sql).query(row -> {
            sums.put(row.getString(1), row.getLong(2));
        });
        return sums;
    }

    /** Those of a database that may be lost in the middle of a commit. */
    private static final class Transactions implements PlatformTransactionManager {

        private final PlatformTransactionManager database;
        private boolean commits = true;
        private boolean answers = true;

        Transactions(PlatformTransactionManager database) {
            this.database = database;
        }

        @Override
        public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
            return database.getTransaction(definition);
        }

        @Override
        public void commit(TransactionStatus status) {
            if (commits) {
                database.commit(status);
            } else {
                database.rollback(status);
            }
            if (!commits || !answers) {
                throw new IllegalStateException("the connection was lost");
            }
        }

        @Override
        public void rollback(TransactionStatus status) {
            database.rollback(status);
        }
    }
}
