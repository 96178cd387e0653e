package io.riacho.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs, and can be moved on. */
public final class TestClock implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    public synchronized void moveOn(Duration time) {
        ahead = ahead.plus(time);
    }
}
