package io.riacho.usage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageJournalTest {

    private static final int FILE_BYTES = 4 << 10;
    private static final UsagePosition BEGIN = UsagePosition.of(1);

    private final Account ann = new Account("ann", "1", "orders");

    @TempDir
    private Path folder;

    @Test
    void whatWasAddedIsReadOnceAndInOrder() throws IOException {
        try (UsageJournal journal = opened(BEGIN)) {
            add(journal, ann, 0, 100);
            List<Long> read = new ArrayList<>();

            UsagePosition position = journal.read(BEGIN, (_, entry) -> read.add(entry.firstOffset()));
            add(journal, ann, 100, 200);
            journal.read(position, (_, entry) -> read.add(entry.firstOffset()));

            assertThat(read).isEqualTo(upTo(200));
        }
    }

    @Test
    void theNextProcessReadsWhatTheLastOneDidNot() throws IOException {
        UsagePosition position;
        try (UsageJournal journal = opened(BEGIN)) {
            add(journal, ann, 0, 100);
            position = journal.read(BEGIN, (_, _) -> {});
            add(journal, ann, 100, 250);
        }
        List<Long> read = new ArrayList<>();
        try (UsageJournal journal = opened(position)) {
            add(journal, ann, 250, 300);

            journal.read(position, (account, entry) -> {
                assertThat(account).containsExactly("ann", "1", "orders");
                read.add(entry.firstOffset());
            });
        }
        assertThat(read).isEqualTo(upTo(300).subList(100, 300));
    }

    @Test
    void anEntryIsReadAsItWasAdded() throws IOException {
        try (UsageJournal journal = opened(BEGIN)) {
            journal.add(ann, 7, 1L << 40, Long.MAX_VALUE - 5, Integer.MAX_VALUE, -1, 1L << 50, 1_795_000_000_000L);
            List<UsageEntry> read = new ArrayList<>();

            journal.read(BEGIN, (_, entry) -> read.add(entry));

            assertThat(read)
                    .containsExactly(new UsageEntry(
                            7, 1L << 40, Long.MAX_VALUE - 5, Integer.MAX_VALUE, -1, 1L << 50, 1_795_000_000_000L));
        }
    }

    @Test
    void filesThatAreReadAreDeleted() throws IOException {
        try (UsageJournal journal = opened(BEGIN)) {
            add(journal, ann, 0, 1_000);
            long before = files();

            journal.forget(journal.read(BEGIN, (_, _) -> {}));

            assertThat(before).isGreaterThan(10);
            assertThat(files()).isEqualTo(1);
        }
    }

    @Test
    void entriesOfManyThreadsAreAllReadWithTheirAccounts() throws IOException {
        int threads = 8;
        int each = 2_000;
        try (UsageJournal journal = opened(BEGIN)) {
            try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
                for (int i = 0; i < threads; i++) {
                    Account account = new Account("user-" + i, Integer.toString(i), "stream");
                    long shard = i;
                    executor.execute(() -> {
                        for (int n = 0; n < each; n++) {
                            journal.add(account, 1, shard, n, 1, 1, 1, 1);
                        }
                    });
                }
            }
            long[] next = new long[threads];
            journal.read(BEGIN, (account, entry) -> {
                assertThat(account).startsWith("user-" + entry.shard());
                assertThat(entry.firstOffset()).isEqualTo(next[(int) entry.shard()]++);
            });

            assertThat(next).containsOnly(each);
        }
    }

    @Test
    void whereNoFileCanBeMadeEntriesAreKeptInMemory() throws IOException {
        try (UsageJournal journal = new UsageJournal(folder, FILE_BYTES, 2L * FILE_BYTES, BEGIN, () -> {})) {
            journal.begin();
            add(journal, ann, 0, 300);
            List<Long> read = new ArrayList<>();

            UsagePosition position = journal.read(BEGIN, (_, entry) -> read.add(entry.firstOffset()));
            journal.takeKept((account, entry) -> {
                assertThat(account).startsWith("ann");
                read.add(entry.firstOffset());
            });
            assertThat(read).isEqualTo(upTo(300));
            assertThat(files()).isEqualTo(2);

            journal.forget(position);
            journal.prepare();
            add(journal, ann, 300, 310);
            journal.read(position, (_, entry) -> read.add(entry.firstOffset()));
            assertThat(read).isEqualTo(upTo(310));
        }
    }

    @Test
    void aFileThatWasNotCompletelyMadeIsDeleted() throws IOException {
        Path broken = folder.resolve("0000000000000001.usage");
        Files.write(broken, new byte[FILE_BYTES]);

        opened(BEGIN).close();

        assertThat(broken).doesNotExist();
    }

    private UsageJournal opened(UsagePosition read) throws IOException {
        UsageJournal journal = new UsageJournal(folder, FILE_BYTES, 16L << 20, read, () -> {});
        journal.begin();
        return journal;
    }

    private static void add(UsageJournal journal, Account account, int from, int to) {
        for (int i = from; i < to; i++) {
            journal.add(account, 1, 5, i, 1, 10, 1, 1_000);
        }
    }

    private static List<Long> upTo(int end) {
        return Stream.iterate(0L, i -> i + 1).limit(end).toList();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
