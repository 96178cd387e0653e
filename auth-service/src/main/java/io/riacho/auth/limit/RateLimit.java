package io.riacho.auth.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A token bucket for each subject: an address, a client, a user. Of more subjects than it remembers it forgets the
 * least used, so its memory is bounded. Safe for use by many threads.
 */
public final class RateLimit {

    private static final int MAX_SUBJECTS = 50_000;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private final Cache<String, Bucket> buckets;

    /** @param burst how many may come at once after a pause */
    public RateLimit(double perSecond, double burst) {
        this(perSecond, burst, System::nanoTime);
    }

    RateLimit(double perSecond, double burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_SUBJECTS)
                .expireAfterAccess(Duration.ofSeconds((long) Math.ceil(burst / perSecond) + 60))
                .build();
    }

    /** Takes one try. Returns 0 where it was free, else in how many seconds to come back. */
    public long take(String subject) {
        String key = subject.length() <= 256 ? subject : subject.substring(0, 256);
        return buckets.get(key, _ -> new Bucket(burst, nanoTime.getAsLong())).take();
    }

    /** How many subjects take memory. */
    long remembered() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private final class Bucket {

        private double tokens;
        private long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }

        synchronized long take() {
            long now = nanoTime.getAsLong();
            tokens = Math.min(burst, tokens + (now - at) / 1e9 * perSecond);
            at = now;
            if (tokens >= 1) {
                tokens--;
                return 0;
            }
            return Math.max(1, (long) Math.ceil((1 - tokens) / perSecond));
        }
    }
}
