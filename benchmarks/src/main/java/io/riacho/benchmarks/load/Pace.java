package io.riacho.benchmarks.load;

import java.time.Duration;

/** How fast records are sent one by one. */
public interface Pace {

    /**
     * Waits until it is time to send.
     *
     * @param begin when the first was sent, by {@link System#nanoTime}
     * @param number of the record that is next, from 0
     */
    void await(long begin, int number);

    /** So long after each acknowledgement. */
    static Pace pausing(Duration pause) {
        return (begin, number) -> Pauses.milliseconds(pause.toMillis());
    }

    /** So many a second, whatever each takes. */
    static Pace of(int perSecond) {
        return (begin, number) -> Pauses.until(begin + number * 1_000_000_000L / perSecond);
    }
}
