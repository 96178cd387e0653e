package io.riacho.streams.encryption;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache that fetches again in the background while what it holds still counts, so that no request waits for it. Fetching
 * one thing never holds up another. A failure is told to those who wait for it, and not remembered; a failure to fetch
 * again leaves what is there until its time is over. Safe for use by many threads.
 */
final class KeyCache<K, V> {

    private static final int MOST_KEPT = 10_000;

    private final AsyncLoadingCache<K, Fetched<V>> cache;

    private record Fetched<V>(@Nullable V value, @Nullable RuntimeException failure) {}

    /**
     * @param most how long what was fetched counts
     * @param fresh after which it is fetched again, when it is asked for
     */
    KeyCache(Duration most, Duration fresh, LongSupplier nanoTime, Function<K, V> fetch) {
        cache = Caffeine.newBuilder()
                .expireAfterWrite(most)
                .refreshAfterWrite(fresh)
                .maximumSize(MOST_KEPT)
                .ticker(nanoTime::getAsLong)
                .executor(Thread::startVirtualThread)
                .buildAsync(new Loader<>(fetch));
    }

    V get(K key) {
        CompletableFuture<Fetched<V>> fetching = cache.get(key);
        Fetched<V> fetched = fetching.join();
        V value = fetched.value();
        if (value != null) {
            return value;
        }
        boolean unused = cache.asMap().remove(key, fetching);
        RuntimeException failure = fetched.failure();
        throw failure != null ? failure : new IllegalStateException("neither fetched nor failed");
    }

    void put(K key, V value) {
        cache.put(key, CompletableFuture.completedFuture(new Fetched<>(value, null)));
    }

    private record Loader<K, V>(Function<K, V> fetch) implements CacheLoader<K, Fetched<V>> {

        @Override
        public Fetched<V> load(K key) {
            try {
                return new Fetched<>(fetch.apply(key), null);
            } catch (RuntimeException e) {
                return new Fetched<>(null, e);
            }
        }

        @Override
        public Fetched<V> reload(K key, Fetched<V> old) {
            return new Fetched<>(fetch.apply(key), null);
        }
    }
}
