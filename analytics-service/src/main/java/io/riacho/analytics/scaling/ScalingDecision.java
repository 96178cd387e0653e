package io.riacho.analytics.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Decides how parallel one job should be, from how it did lately. Up soon, for who lags or has no time left will lag more; down slowly,
 * and only where what is left could carry the load with time to spare, so that it does not go up and down by turns. For use by one
 * thread.
 */
public final class ScalingDecision {

    /** Of the thousand milliseconds of a second that the busiest task works. */
    static final double BUSY = 800;

    static final double IDLE = 300;
    static final double COMFORTABLE = 600;
    /** Further behind than this is lagging, where the tasks work more than half of the time. */
    static final double LAG_MILLIS = 60_000;

    static final Duration BEFORE_UP = Duration.ofSeconds(30);
    static final Duration BEFORE_DOWN = Duration.ofMinutes(10);
    /** After a change the figures are of a job that restores its state. */
    static final Duration AFTER_CHANGE = Duration.ofMinutes(2);

    private static final double HALF = 500;
    private static final double SECOND = 1000;

    private final int most;
    private Instant changed;
    private Instant wantsUp = Instant.MAX;
    private Instant wantsDown = Instant.MAX;

    /**
     * @param busyMillis a second of the busiest task, 0 to 1000
     * @param backPressuredMillis a second in which the most hindered task waited for those after it, 0 to 1000
     * @param behindMillis how old the next record of the source is
     */
    public record Load(int parallelism, double busyMillis, double backPressuredMillis, double behindMillis) {}

    /** @param most the greatest parallelism, 1 or more */
    public ScalingDecision(int most, Instant started) {
        this.most = most;
        this.changed = started;
    }

    /** The parallelism to have from now on; empty to keep the present one. */
    public OptionalInt decide(Instant now, Load load) {
        if (now.isBefore(changed.plus(AFTER_CHANGE))) {
            return OptionalInt.empty();
        }
        wantsUp = isOverloaded(load) ? earlier(wantsUp, now) : Instant.MAX;
        wantsDown = isIdle(load) ? earlier(wantsDown, now) : Instant.MAX;
        if (load.parallelism() > most) {
            return change(now, most);
        }
        if (load.parallelism() < most && hasLasted(wantsUp, BEFORE_UP, now)) {
            return change(now, Math.min(most, load.parallelism() * 2));
        }
        if (load.parallelism() > 1 && hasLasted(wantsDown, BEFORE_DOWN, now)) {
            return change(now, load.parallelism() - 1);
        }
        return OptionalInt.empty();
    }

    private static boolean isOverloaded(Load load) {
        return load.busyMillis() >= BUSY
                || load.busyMillis() >= HALF
                        && (load.behindMillis() >= LAG_MILLIS || load.backPressuredMillis() >= HALF);
    }

    private static boolean isIdle(Load load) {
        double oneFewer = load.busyMillis() * load.parallelism() / Math.max(1, load.parallelism() - 1);
        return load.busyMillis() <= IDLE
                && oneFewer <= COMFORTABLE
                && load.behindMillis() < LAG_MILLIS / 2
                && load.backPressuredMillis() < SECOND / 10;
    }

    private static Instant earlier(Instant since, Instant now) {
        return since.isBefore(now) ? since : now;
    }

    private static boolean hasLasted(Instant since, Duration time, Instant now) {
        return !since.equals(Instant.MAX) && !now.isBefore(since.plus(time));
    }

    private OptionalInt change(Instant now, int parallelism) {
        changed = now;
        wantsUp = Instant.MAX;
        wantsDown = Instant.MAX;
        return OptionalInt.of(parallelism);
    }
}
