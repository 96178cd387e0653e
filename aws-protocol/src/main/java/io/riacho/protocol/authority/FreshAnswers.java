package io.riacho.protocol.authority;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.riacho.protocol.AwsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was learnt about identities, for a moment: from the database in auth-service, from auth-service in the others.
 * Nothing older than {@link #OLDEST} is given, counted from the moment before it was asked for, nor anything of an earlier
 * generation. What is used often is asked for again in the background once it is {@link #STALE}. Where nobody answers,
 * nobody is let in on old knowledge. Safe for use by many threads.
 */
public final class FreshAnswers<K, V> {

    static final Duration STALE = Duration.ofMillis(1_000);

    /** Not half of the five seconds in which a change counts everywhere: auth-service remembers, and who asks it does, too. */
    static final Duration OLDEST = Duration.ofMillis(2_400);

    private static final Logger LOG = LoggerFactory.getLogger(FreshAnswers.class);
    private static final Duration COMPLAINT = Duration.ofSeconds(10);
    private static final int MAX_ANSWERS = 10_000;

    private final LongSupplier generation;
    private final Question<K, V> question;
    private final LongSupplier nanoTime;
    private final LoadingCache<K, Held<V>> cache;
    private final AtomicLong complainedAt = new AtomicLong(System.nanoTime() - COMPLAINT.toNanos() - 1);

    /** What is asked. It never answers with null. */
    public interface Question<K, V> {

        /** @throws IOException where nobody answers */
        V ask(K key) throws IOException;
    }

    /** @param generation grows with each change that this process knows of: what was learnt before does not count any more */
    public FreshAnswers(LongSupplier generation, Question<K, V> question) {
        this(generation, question, System::nanoTime);
    }

    /** @param nanoTime what tells how old an answer is */
    FreshAnswers(LongSupplier generation, Question<K, V> question, LongSupplier nanoTime) {
        this.generation = generation;
        this.question = question;
        this.nanoTime = nanoTime;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_ANSWERS)
                .refreshAfterWrite(STALE)
                .expireAfterWrite(OLDEST)
                .ticker(nanoTime::getAsLong)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build(new Loader());
    }

    /** @throws AwsException ServiceUnavailable where it is not known and nobody answers */
    public V get(K key) {
        try {
            long wanted = generation.getAsLong();
            Held<V> held = cache.get(key);
            if (!isGood(held, wanted)) {
                held = cache.asMap()
                        .compute(key, (_, other) -> other != null && isGood(other, wanted) ? other : ask(key));
            }
            if (isGood(held, wanted)) {
                return held.value;
            }
            complain("the answer took too long");
        } catch (UncheckedIOException e) {
            complain(e.getMessage());
        }
        throw AwsException.of("ServiceUnavailable", 503, "Identities cannot be looked up at the moment.");
    }

    /** Once in a while: every request comes here while nobody answers. */
    private void complain(@Nullable String why) {
        long now = System.nanoTime();
        long last = complainedAt.get();
        if (now - last > COMPLAINT.toNanos() && complainedAt.compareAndSet(last, now)) {
            LOG.error("Identities cannot be looked up: {}", why);
        }
    }

    private Held<V> ask(K key) {
        long before = generation.getAsLong();
        long since = nanoTime.getAsLong();
        try {
            return new Held<>(before, since, question.ask(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Loader implements CacheLoader<K, Held<V>> {

        @Override
        public Held<V> load(K key) {
            return ask(key);
        }

        /** A failure in the background is none yet: the old answer says itself until when it is good. */
        @Override
        public Held<V> reload(K key, Held<V> old) {
            try {
                return ask(key);
            } catch (UncheckedIOException e) {
                return old;
            }
        }
    }

    private boolean isGood(Held<V> held, long wanted) {
        return held.generation >= wanted && nanoTime.getAsLong() - held.since < OLDEST.toNanos();
    }

    private record Held<V>(long generation, long since, V value) {}
}
