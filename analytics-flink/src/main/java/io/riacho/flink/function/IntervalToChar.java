package io.riacho.flink.function;

import java.util.List;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code KDA_INTERVAL_TO_CHAR(millis, unit)}: an interval as CAST writes it, with its sign: {@code +371} for
 * {@code SECOND}, {@code +2 00:06:11} for {@code DAY TO SECOND}. The first field takes all that is greater; what is less than the
 * last is cut off. NULL if the unit is none.
 */
public final class IntervalToChar extends ScalarFunction {
    private static final List<String> UNITS = List.of("DAY", "HOUR", "MINUTE", "SECOND");
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1000};

    public @Nullable String eval(@Nullable Long millis, @Nullable String unit) {
        if (millis == null || unit == null) {
            return null;
        }
        String[] ends = unit.trim().split(" +TO +", -1);
        int first = UNITS.indexOf(ends[0]);
        int last = ends.length == 1 ? first : UNITS.indexOf(ends[1]);
        if (ends.length > 2 || first < 0 || last < first || millis == Long.MIN_VALUE) {
            return null;
        }
        long left = Math.abs(millis);
        StringBuilder text = new StringBuilder(millis < 0 ? "-" : "+");
        for (int i = first; i <= last; i++) {
            long value = left / MILLIS[i];
            left %= MILLIS[i];
            if (i == first) {
                text.append(value);
            } else {
                text.append(i == 1 ? " " : ":").append(value < 10 ? "0" : "").append(value);
            }
        }
        return text.toString();
    }
}
