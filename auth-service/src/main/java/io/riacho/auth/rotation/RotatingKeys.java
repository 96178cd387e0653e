package io.riacho.auth.rotation;

import io.riacho.auth.root.RootKey;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keys of one purpose, in the database and sealed under the root key. A new one is used for new work once every process on
 * the database has had the time to read it; the one before is kept for what it was used for until that is over. Safe for
 * use by many threads.
 *
 * @param <K> a key, ready for use
 */
public final class RotatingKeys<K> {

    private static final Duration RELOAD_AFTER = Duration.ofMinutes(1);

    /** Nobody is to meet a key that it cannot know. */
    private static final Duration USED_AFTER = RELOAD_AFTER.multipliedBy(2);

    /** Anybody can name a key that is not there; the database is not asked for each. */
    private static final Duration RELOAD_AT_MOST_EVERY = Duration.ofSeconds(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Kind<K> kind;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final RootKey rootKey;
    private final InstantSource clock;
    private volatile Known<K> known = new Known<>(Instant.MIN, List.of());

    public RotatingKeys(
            Kind<K> kind, JdbcClient jdbc, TransactionTemplate transactions, RootKey rootKey, InstantSource clock) {
        this.kind = kind;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.rootKey = rootKey;
        this.clock = clock;
    }

    /**
     * What the keys are for.
     *
     * @param purpose its name, which the sealed keys are bound to
     * @param rotateAfter the age at which a key is exchanged for a new one
     * @param keepFor how long a key is kept once there is a newer one: some minutes more than what it was used for lives
     * @param make makes a key's secret form
     * @param read reads a key from its secret form
     */
    public record Kind<K>(
            String purpose, Duration rotateAfter, Duration keepFor, Supplier<byte[]> make, Function<byte[], K> read) {}

    /** A key with its id, which is 16 hexadecimal digits and no secret. */
    public record Entry<K>(String id, K key, Instant createdAt) {

        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    /** The key for new work: the newest that every process knows, or the only one. */
    public Entry<K> current() {
        List<Entry<K>> entries = fresh();
        return entries.stream()
                .filter(entry -> isOlder(entry.createdAt, USED_AFTER))
                .findFirst()
                .orElseGet(entries::getLast);
    }

    /** All keys that may still be needed, the newest first. */
    public List<Entry<K>> all() {
        return fresh();
    }

    public Optional<K> find(String id) {
        Optional<K> found = in(known.entries, id);
        return found.isPresent() ? found : in(reload(RELOAD_AT_MOST_EVERY), id);
    }

    private Optional<K> in(List<Entry<K>> entries, String id) {
        return entries.stream()
                .filter(entry -> entry.id.equals(id))
                .map(Entry::key)
                .findFirst();
    }

    private List<Entry<K>> fresh() {
        return reload(RELOAD_AFTER);
    }

    private List<Entry<K>> reload(Duration maxAge) {
        Known<K> seen = known;
        if (!isOlder(seen.readAt, maxAge)) {
            return seen.entries;
        }
        synchronized (this) {
            if (isOlder(known.readAt, maxAge)) {
                Instant now = clock.instant();
                List<Entry<K>> entries = read();
                if (isDue(entries)) {
                    entries = rotate();
                }
                known = new Known<>(now, entries);
            }
            return known.entries;
        }
    }

    private boolean isDue(List<Entry<K>> entries) {
        return needsNew(entries) || !over(entries).isEmpty();
    }

    private boolean needsNew(List<Entry<K>> entries) {
        return entries.isEmpty() || isOlder(entries.getFirst().createdAt, kind.rotateAfter);
    }

    /** Keys whose successor has been there for so long that nothing is left of what they were used for. */
    private List<Entry<K>> over(List<Entry<K>> entries) {
        return IntStream.range(1, entries.size())
                .filter(i -> isOlder(entries.get(i - 1).createdAt, kind.keepFor))
                .mapToObj(entries::get)
                .toList();
    }

    /** One process makes the new key; the others wait, and find it. */
    private List<Entry<K>> rotate() {
        return List.copyOf(transactions.execute(_ -> {
            lock();
            List<Entry<K>> entries = read();
            if (needsNew(entries)) {
                insert();
            }
            for (Entry<K> entry : over(entries)) {
                jdbc.sql("delete from auth.rotating_key where purpose = ? and id = ?")
                        .params(kind.purpose, entry.id)
                        .update();
            }
            return read();
        }));
    }

    private void lock() {
        jdbc.sql("select 1 from (select pg_advisory_xact_lock(hashtext(?))) as locked")
                .param("auth.rotating_key " + kind.purpose)
                .query(Integer.class)
                .single();
    }

    private void insert() {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        jdbc.sql("insert into auth.rotating_key (purpose, id, sealed, created_at) values (?, ?, ?, ?)")
                .params(
                        kind.purpose,
                        id,
                        rootKey.seal(kind.make.get(), sealedFor(id)),
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }

    private List<Entry<K>> read() {
        return List.copyOf(jdbc.sql(
                        "select id, sealed, created_at from auth.rotating_key where purpose = ? order by created_at desc, id")
                .param(kind.purpose)
                .query((row, _) -> {
                    String id = row.getString("id");
                    return new Entry<>(
                            id,
                            kind.read.apply(open(row.getBytes("sealed"), id)),
                            row.getObject("created_at", OffsetDateTime.class).toInstant());
                })
                .list());
    }

    private byte[] open(byte[] sealed, String id) {
        try {
            return rootKey.open(sealed, sealedFor(id));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The key " + id + " for " + kind.purpose + " was not sealed by this root key", e);
        }
    }

    private String sealedFor(String id) {
        return kind.purpose + " " + id;
    }

    private boolean isOlder(Instant time, Duration age) {
        return time.equals(Instant.MIN) || time.plus(age).isBefore(clock.instant());
    }

    private record Known<K>(Instant readAt, List<Entry<K>> entries) {}
}
