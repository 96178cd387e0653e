package io.riacho.usage.meter;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Something that is counted because AWS charges for it, or for people to know.
 *
 * @param name such as {@code streams.put-payload-units}
 * @param kind of the resources that it is counted for, such as {@code stream}
 * @param unit what {@link #amount} counts
 * @param smallest how many of what is stored make one unit
 * @param usualPer for how many units AWS quotes a price
 * @param description for people
 */
public record Meter(String name, String kind, String unit, long smallest, long usualPer, String description) {

    private static final long MILLIS_AN_HOUR = 3_600_000;
    private static final int DECIMALS = 9;

    /** Counted one by one. */
    public static Meter count(String name, String kind, String unit, long usualPer, String description) {
        return new Meter(name, kind, unit, 1, usualPer, description);
    }

    public static Meter bytes(String name, String kind, String description) {
        return new Meter(name, kind, "byte", 1, 1L << 30, description);
    }

    /** Stored in milliseconds. */
    public static Meter hours(String name, String kind, String unit, String description) {
        return new Meter(name, kind, unit, MILLIS_AN_HOUR, 1, description);
    }

    /** What is stored, in units. */
    public BigDecimal amount(BigDecimal stored) {
        if (smallest == 1) {
            return stored;
        }
        BigDecimal amount = stored.divide(BigDecimal.valueOf(smallest), DECIMALS, RoundingMode.HALF_EVEN);
        return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    /** Whether the amount is time, which passes by itself. */
    public boolean isTime() {
        return smallest == MILLIS_AN_HOUR;
    }
}
