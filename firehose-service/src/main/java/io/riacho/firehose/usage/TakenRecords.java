package io.riacho.firehose.usage;

import io.riacho.firehose.record.SourceRecord;
import io.riacho.usage.hours.Amounts;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a shard and is not behind its checkpoint. It is counted with the checkpoint that passes it, in the same
 * transaction, so that what is read again after a crash is counted once. Safe for use by many threads.
 */
public final class TakenRecords {

    private static final long HOUR = 3_600_000;

    /** Where more would be kept apart, some are counted together, with the last of them. */
    private static final int MOST = 100_000;

    private final MeteredDelivery delivery;
    private final Deque<Taken> taken = new ArrayDeque<>();

    public TakenRecords(MeteredDelivery delivery) {
        this.delivery = delivery;
    }

    private record Taken(BigInteger position, long hour, String principal, long records, long bytes, long billed) {

        boolean isLike(Taken other, boolean isCrowded) {
            return hour == other.hour
                    && principal.equals(other.principal)
                    && (isCrowded || position.equals(other.position));
        }

        Taken with(Taken next) {
            return new Taken(
                    next.position, hour, principal, records + next.records, bytes + next.bytes, billed + next.billed);
        }
    }

    /** In the order in which they were read. */
    public synchronized void add(List<SourceRecord> records) {
        for (SourceRecord record : records) {
            int bytes = record.data().length;
            Taken next = new Taken(
                    record.position(),
                    Math.floorDiv(record.arrival().toEpochMilli(), HOUR),
                    delivery.principalOf(record),
                    1,
                    bytes,
                    delivery.billed(bytes));
            Taken last = taken.peekLast();
            if (last != null && last.isLike(next, taken.size() >= MOST)) {
                taken.removeLast();
                next = last.with(next);
            }
            taken.addLast(next);
        }
    }

    /** Counts what lies up to the position; null for nothing. It is counted again unless it is forgotten. */
    public synchronized void count(@Nullable BigInteger position, Amounts into) {
        for (Taken one : taken) {
            if (position == null || one.position().compareTo(position) > 0) {
                return;
            }
            delivery.taken(one.hour() * HOUR, one.principal(), one.records(), one.bytes(), one.billed(), into);
        }
    }

    /** Counts all that was read. */
    public synchronized void countAll(Amounts into) {
        Taken last = taken.peekLast();
        count(last == null ? null : last.position(), into);
    }

    /** Forgets what lies up to the position, once the transaction that counts it has ended. */
    public synchronized void forget(BigInteger position) {
        Taken first = taken.peekFirst();
        while (first != null && first.position().compareTo(position) <= 0) {
            taken.removeFirst();
            first = taken.peekFirst();
        }
    }
}
