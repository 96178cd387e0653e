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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keys of one purpose, in the database and sealed under the root key. The newest is used for new work; the older ones are
 * kept for what they were used for until that is over. All processes on one database use the same keys. Safe for use by
 * many threads.
 *
 * @param <K> a key, ready for use
 */
public final class RotatingKeys<K> {

    private static final Duration RELOAD_AFTER = Duration.ofMinutes(1);

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
     * @param keepFor how long an exchanged key is kept: no less than what it was used for lives
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

    /** The key for new work; made where there is none yet, or where the newest is too old. */
    public Entry<K> current() {
        return fresh().getFirst();
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
                if (entries.isEmpty() || isOlder(entries.getFirst().createdAt, kind.rotateAfter)) {
                    entries = rotate();
                }
                known = new Known<>(now, entries);
            }
            return known.entries;
        }
    }

    /** Exchanges the key now, however young it is. */
    public void rotateNow() {
        synchronized (this) {
            List<Entry<K>> entries = transactions.execute(_ -> {
                lock();
                insert();
                return read();
            });
            known = new Known<>(clock.instant(), List.copyOf(entries));
        }
    }

    /** One process makes the new key; the others wait, and find it. */
    private List<Entry<K>> rotate() {
        return List.copyOf(transactions.execute(_ -> {
            lock();
            List<Entry<K>> entries = read();
            if (entries.isEmpty() || isOlder(entries.getFirst().createdAt, kind.rotateAfter)) {
                insert();
            }
            for (int i = 1; i < entries.size(); i++) {
                if (isOlder(entries.get(i - 1).createdAt, kind.keepFor)) {
                    jdbc.sql("delete from auth.rotating_key where purpose = ? and id = ?")
                            .params(kind.purpose, entries.get(i).id)
                            .update();
                }
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
