package io.riacho.streams.limit;

/**
 * A rate limit that lets a second's worth through at once, and one at least. What is taken may exceed what is there, as long as something
 * is there: the debt is waited for, so that one large record passes and the average still holds. Not thread-safe: its
 * owner locks.
 */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double capacity;
    private double tokens;
    private long filledAt;

    /** @param now nanoseconds of any clock that never goes back */
    TokenBucket(double perSecond, long now) {
        this.perSecond = perSecond;
        capacity = Math.max(1, perSecond);
        tokens = capacity;
        filledAt = now;
    }

    boolean hasTokens(long now) {
        fill(now);
        return tokens > 0;
    }

    /** Whether at least one whole token is there, for calls and records. */
    boolean hasWholeToken(long now) {
        fill(now);
        return tokens >= 1;
    }

    /** How long it takes until there are tokens; 0 where there are. */
    long nanosUntilTokens(long now) {
        fill(now);
        return tokens > 0 ? 0 : (long) (-tokens / perSecond * NANOS) + 1;
    }

    void take(double count) {
        tokens -= count;
    }

    /** As {@link #take}, but more than a second's worth is waited for in full, whatever was there to spend. */
    void takeInFull(double count) {
        tokens = (count > perSecond ? Math.min(0, tokens) : tokens) - count;
    }

    private void fill(long now) {
        if (now > filledAt) {
            tokens = Math.min(capacity, tokens + (now - filledAt) / NANOS * perSecond);
            filledAt = now;
        }
    }
}
