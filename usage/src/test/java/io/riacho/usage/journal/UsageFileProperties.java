package io.riacho.usage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** What holds for a file of the journal, wherever it is cut or damaged. */
class UsageFileProperties {

    private static final int SLOTS = 128;

    private Path folder = Path.of("");

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("usage-file");
    }

    @AfterTry
    void deleteFolder() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private record Read(List<String> account, UsageEntry entry) {}

    /** What is behind the cut never reached the disk. */
    @Property(tries = 200)
    void aFileThatIsCutAnywhereIsReadAsABeginningOfIt(
            @ForAll @Size(max = 60) List<@IntRange(max = 4) Integer> accounts,
            @ForAll @IntRange(min = 64, max = SLOTS * 64) int cut)
            throws IOException {
        List<Read> written = write(accounts);
        byte[] bytes = Files.readAllBytes(path());
        Arrays.fill(bytes, cut, bytes.length, (byte) 0);
        Files.write(path(), bytes);

        List<Read> read = read();

        assertThat(read).isEqualTo(written.subList(0, read.size()));
    }

    /** A page that never reached the disk, or a bit that flipped, costs the entries there, and nobody else's. */
    @Property(tries = 200)
    void aDamagedSlotCostsItsOwnEntryOrTheNamesOfItsAccount(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 4) Integer> accounts,
            @ForAll @IntRange(min = 1, max = SLOTS - 1) int slot,
            @ForAll @IntRange(max = 63) int at,
            @ForAll @IntRange(min = 1, max = 255) int flip)
            throws IOException {
        List<Read> written = write(accounts);
        byte[] bytes = Files.readAllBytes(path());
        bytes[slot * 64 + at] ^= (byte) flip;
        Files.write(path(), bytes);

        List<Read> read = read();

        List<UsageEntry> left =
                new ArrayList<>(written.stream().map(Read::entry).toList());
        left.retainAll(read.stream().map(Read::entry).toList());
        assertThat(read.size()).isGreaterThanOrEqualTo(written.size() - 1);
        assertThat(read).extracting(Read::entry).isEqualTo(left);
        for (Read one : read) {
            if (!one.account().isEmpty()) {
                assertThat(written).contains(one);
            }
        }
    }

    @Example
    void theLayoutIsTheOneOfVersion1() throws IOException {
        try (var golden = Objects.requireNonNull(getClass().getResourceAsStream("version-1.usage"))) {
            Files.write(path(), golden.readAllBytes());
        }

        assertThat(read())
                .containsExactly(
                        new Read(List.of("arn:aws:iam::000000000000:user/ann", "17", "orders"), entry(1)),
                        new Read(List.of("arn:aws:iam::000000000000:user/ann", "17", "orders"), entry(2)));
    }

    private Path path() {
        return folder.resolve("0000000000000001.usage");
    }

    private static UsageEntry entry(int number) {
        return new UsageEntry(1 + number % 3, number, 7L * number, number, 1000L + number, number, 1_795_000_000_000L);
    }

    private List<Read> write(List<Integer> accounts) throws IOException {
        UsageFile file = UsageFile.create(folder, 1, SLOTS);
        Account[] known = new Account[5];
        Arrays.setAll(known, i -> new Account("user" + "x".repeat(40 * i), Integer.toString(i)));
        List<Read> written = new ArrayList<>();
        for (int i = 0; i < accounts.size(); i++) {
            Account account = known[accounts.get(i)];
            UsageEntry entry = entry(i);
            assertThat(file.write(
                            account.slotIn(file),
                            entry.type(),
                            entry.shard(),
                            entry.firstOffset(),
                            entry.records(),
                            entry.bytes(),
                            entry.units(),
                            entry.millis()))
                    .isTrue();
            written.add(new Read(Account.words(account.text()), entry));
        }
        file.close();
        return written;
    }

    private List<Read> read() throws IOException {
        UsageFile file = Objects.requireNonNull(UsageFile.open(path()));
        List<Read> read = new ArrayList<>();
        file.read(UsageFile.FIRST_SLOT, file.claimed(), true, (account, entry) -> read.add(new Read(account, entry)));
        file.close();
        return read;
    }
}
