package io.riacho.protocol.authority;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.riacho.protocol.AwsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What auth-service answered, for a moment: nothing is given that was asked for more than {@link #OLDEST} ago, so that,
 * with what auth-service itself remembers, a revoked key is refused within five seconds. What is used often is asked for
 * again in the background once it is {@link #STALE}. Where auth-service does not answer, nobody is let in on old
 * knowledge. Safe for use by many threads.
 */
final class FreshAnswers<K, V> {

    static final Duration STALE = Duration.ofMillis(1_000);
    static final Duration OLDEST = Duration.ofMillis(2_400);

    private static final Logger LOG = LoggerFactory.getLogger(FreshAnswers.class);
    private static final int MAX_ANSWERS = 10_000;

    private final LoadingCache<K, Held<V>> cache;

    /** A question to auth-service. It never answers with null. */
    interface Question<K, V> {
        V ask(K key) throws IOException;
    }

    FreshAnswers(Question<K, V> question) {
        cache = Caffeine.newBuilder()
                .maximumSize(MAX_ANSWERS)
                .refreshAfterWrite(STALE)
                .expireAfterWrite(OLDEST)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build(key -> load(question, key));
    }

    /** @throws AwsException ServiceUnavailable where it is not known and auth-service does not answer */
    V get(K key) {
        try {
            Held<V> held = cache.get(key);
            if (!held.isGood()) {
                cache.asMap().remove(key, held);
                held = cache.get(key);
            }
            if (held.isGood()) {
                return held.value;
            }
            LOG.error("auth-service took too long to answer");
        } catch (UncheckedIOException e) {
            LOG.error("auth-service cannot be asked: {}", e.getMessage());
        }
        throw AwsException.of("ServiceUnavailable", 503, "Identities cannot be looked up at the moment.");
    }

    private static <K, V> Held<V> load(Question<K, V> question, K key) {
        long since = System.nanoTime();
        try {
            return new Held<>(since, question.ask(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Held<V>(long since, V value) {

        boolean isGood() {
            return System.nanoTime() - since < OLDEST.toNanos();
        }
    }
}
