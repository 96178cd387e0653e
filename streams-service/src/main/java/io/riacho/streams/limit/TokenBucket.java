package io.riacho.streams.limit;

/**
 * A rate limit that lets a second's worth through at once. What is taken may exceed what is there, as long as something
 * is there: the debt is waited for, so that one large record passes and the average still holds. Not thread-safe: its
 * owner locks.
 */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private double tokens;
    private long filledAt;

    /** @param now nanoseconds of any clock that never goes back */
    TokenBucket(double perSecond, long now) {
        this.perSecond = perSecond;
        tokens = perSecond;
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

    void take(double count) {
        tokens -= count;
    }

    /** As {@link #take}, but more than a second's worth is waited for in full, whatever was there. */
    void takeInFull(double count) {
        tokens = count > perSecond ? -count : tokens - count;
    }

    private void fill(long now) {
        if (now > filledAt) {
            tokens = Math.min(perSecond, tokens + (now - filledAt) / NANOS * perSecond);
            filledAt = now;
        }
    }
}
