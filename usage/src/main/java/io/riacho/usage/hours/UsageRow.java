package io.riacho.usage.hours;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;

/**
 * An amount. What is not grouped by is empty.
 *
 * @param amount in the meter's smallest unit
 */
public record UsageRow(Key key, BigDecimal amount) {

    /** @param period when the hour, day or month begins */
    public record Key(Instant period, String kind, String resource, String resourceId, String principal, String meter)
            implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::period)
                .thenComparing(Key::kind)
                .thenComparing(Key::resource)
                .thenComparing(Key::resourceId)
                .thenComparing(Key::principal)
                .thenComparing(Key::meter);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
