package io.riacho.auth.identity;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.riacho.auth.database.AuthDatabase;
import io.riacho.protocol.AwsException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What was read from the database, for a few seconds. Nothing older than {@link #OLDEST} is given, counted from the moment
 * before it was read, nor anything that was read before a change by this process; where it cannot be read again, 503 is.
 * What is asked for often is read again in the background once it is {@link #STALE}. Safe for use by many threads.
 */
public final class FreshCache<K, V> {

    static final Duration STALE = Duration.ofMillis(1_000);
    /** Half of the five seconds in which a change counts everywhere; a service that asks remembers for the other half. */
    static final Duration OLDEST = Duration.ofMillis(2_400);

    private static final Duration COMPLAINT = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(FreshCache.class);

    private final AuthDatabase database;
    private final Function<K, V> read;
    private final LoadingCache<K, Held<V>> cache;
    private final AtomicLong complainedAt = new AtomicLong(System.nanoTime() - COMPLAINT.toNanos() - 1);

    /** @param read never gives null */
    public FreshCache(AuthDatabase database, int maximumSize, Function<K, V> read) {
        this.database = database;
        this.read = read;
        this.cache = Caffeine.newBuilder()
                .maximumSize(maximumSize)
                .refreshAfterWrite(STALE)
                .expireAfterWrite(OLDEST)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build(this::load);
    }

    /** @throws AwsException ServiceUnavailable where it is not known and cannot be read */
    public V get(K key) {
        try {
            long generation = database.generation();
            Held<V> held = cache.get(key);
            if (!held.isGood(generation)) {
                held = cache.asMap()
                        .compute(key, (_, other) -> other != null && other.isGood(generation) ? other : load(key));
            }
            if (held.isGood(generation)) {
                return held.value;
            }
            complain("the database took too long to answer");
        } catch (DataAccessException e) {
            complain(e.getMessage());
        }
        throw AwsException.of("ServiceUnavailable", 503, "Identities cannot be read at the moment.");
    }

    /** Once in a while: every request comes here while the database is away. */
    private void complain(@Nullable String why) {
        long now = System.nanoTime();
        long last = complainedAt.get();
        if (now - last > COMPLAINT.toNanos() && complainedAt.compareAndSet(last, now)) {
            log.error("Identities cannot be read: {}", why);
        }
    }

    private Held<V> load(K key) {
        long generation = database.generation();
        long since = System.nanoTime();
        return new Held<>(generation, since, read.apply(key));
    }

    private record Held<V>(long generation, long since, V value) {

        boolean isGood(long wanted) {
            return generation >= wanted && System.nanoTime() - since < OLDEST.toNanos();
        }
    }
}
