package io.riacho.usage.hours;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Amounts to be added, summed up by hour, subject and meter. Not thread-safe. */
public final class Amounts {

    private static final long HOUR = 3_600_000;

    private final Map<Key, Long> sums = new TreeMap<>();

    /** In the order of all processes, so that two that add at once wait for each other, and not both. */
    record Key(long hour, Subject subject, String meter) implements Comparable<Key> {

        Instant start() {
            return Instant.ofEpochMilli(hour * HOUR);
        }

        @Override
        public int compareTo(Key other) {
            int order = Long.compare(hour, other.hour);
            order = order != 0 ? order : subject.compareTo(other.subject);
            return order != 0 ? order : meter.compareTo(other.meter);
        }
    }

    /**
     * @param millis when, epoch milliseconds
     * @param amount in the meter's smallest unit; nothing is kept of 0
     */
    public void add(long millis, Subject subject, String meter, long amount) {
        if (amount != 0) {
            sums.merge(new Key(Math.floorDiv(millis, HOUR), subject, meter), amount, Long::sum);
        }
    }

    /** Adds time that passed, times a rate, to the hours in which it did. */
    public void addTime(Instant from, Instant to, Subject subject, String meter, long rate) {
        long end = to.toEpochMilli();
        long at = from.toEpochMilli();
        while (at < end) {
            long next = Math.min(end, (Math.floorDiv(at, HOUR) + 1) * HOUR);
            add(at, subject, meter, (next - at) * rate);
            at = next;
        }
    }

    public Amounts copy() {
        Amounts copy = new Amounts();
        copy.sums.putAll(sums);
        return copy;
    }

    public boolean isEmpty() {
        return sums.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Amounts amounts && sums.equals(amounts.sums);
    }

    @Override
    public int hashCode() {
        return sums.hashCode();
    }

    @Override
    public String toString() {
        return sums.toString();
    }

    Map<Key, Long> sums() {
        return sums;
    }
}
