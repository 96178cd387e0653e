package io.riacho.streams.usage;

import io.riacho.usage.hours.Amounts;
import io.riacho.usage.hours.HourlyUsage;
import io.riacho.usage.hours.Subject;
import io.riacho.usage.hours.UsageSpans;
import io.riacho.usage.journal.UsageEntry;
import io.riacho.usage.journal.UsageJournal;
import io.riacho.usage.journal.UsagePosition;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds what the journal has to the hours, batch by batch: each in one transaction with the place in the journal and the
 * records that are metered by it, so that each entry counts once. A batch whose transaction failed, or may have, is tried
 * again as it was. Safe for use by many threads, which wait for each other.
 */
final class UsageFold {

    /** Besides the journal's entries there is nothing. */
    static final Besides NOTHING = (_, _, _) -> {};

    private final UsageJournal journal;
    private final UsageState state;
    private final HourlyUsage hours;
    private final UsageSpans spans;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Map<Long, MeteredOffsets> offsets;
    private final ReentrantLock lock = new ReentrantLock();
    private UsagePosition position;
    private long batches;
    private @Nullable Batch open;
    private Instant accruedTo = Instant.MIN;

    /** @param touched the shards of which more is metered */
    private record Batch(long number, Amounts amounts, Set<Long> touched, UsagePosition end) {}

    /** @param offsets of shards, by their numbers; kept, and changed */
    UsageFold(
            UsageJournal journal,
            UsageState state,
            HourlyUsage hours,
            UsageSpans spans,
            TransactionTemplate transaction,
            InstantSource clock,
            UsageState.Journal begin,
            Map<Long, MeteredOffsets> offsets) {
        this.journal = journal;
        this.state = state;
        this.hours = hours;
        this.spans = spans;
        this.transaction = transaction;
        this.clock = clock;
        this.offsets = offsets;
        position = begin.read();
        batches = begin.batch();
    }

    /** Work on what is metered of a shard, besides the journal's entries. */
    @FunctionalInterface
    interface Besides {

        /** @param touched takes the numbers of shards whose offsets are changed */
        void meter(Map<Long, MeteredOffsets> offsets, Amounts into, Set<Long> touched);
    }

    /** Adds what was metered by now; time that passed only once an hour. */
    void fold() {
        fold(false, NOTHING);
    }

    /**
     * Adds what was metered by now.
     *
     * @param withTime whether time that passed up to now is added in any case
     */
    void fold(boolean withTime, Besides besides) {
        lock.lock();
        try {
            Batch failed = open;
            if (failed != null) {
                add(failed, false);
            }
            Batch batch = gather(besides);
            boolean accrues = withTime || isNewHour();
            if (accrues || !batch.amounts().isEmpty() || !batch.touched().isEmpty()) {
                open = batch;
                add(batch, accrues);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isNewHour() {
        return accruedTo.isBefore(clock.instant().truncatedTo(ChronoUnit.HOURS));
    }

    private Batch gather(Besides besides) {
        Amounts amounts = new Amounts();
        Set<Long> touched = new HashSet<>();
        journal.takeKept((words, entry) -> take(words, entry, amounts, touched));
        UsagePosition end = journal.read(position, (words, entry) -> take(words, entry, amounts, touched));
        besides.meter(offsets, amounts, touched);
        return new Batch(batches + 1, amounts, touched, end);
    }

    /** An entry without its account's words is none: if it is about records, they are metered as nobody's. */
    private void take(List<String> words, UsageEntry entry, Amounts amounts, Set<Long> touched) {
        if (words.size() != StreamsUsage.WORDS) {
            return;
        }
        EntryType type = EntryType.of(entry.type());
        type.add(entry, new Subject(StreamMeters.KIND, words.get(1), words.get(2), words.get(0)), amounts);
        if (type.isPut()) {
            long first = entry.firstOffset();
            offsets.computeIfAbsent(entry.shard(), _ -> new MeteredOffsets(0)).add(first, first + entry.records());
            touched.add(entry.shard());
        }
    }

    private void add(Batch batch, boolean withTime) {
        Instant now = clock.instant();
        transaction.executeWithoutResult(_ -> {
            long last = state.lockedBatch();
            if (last == batch.number()) {
                // The last attempt's transaction came to pass, though nobody was told.
                return;
            }
            if (last != batch.number() - 1) {
                throw new IllegalStateException("Another process meters the same streams");
            }
            Amounts amounts = batch.amounts();
            if (withTime) {
                amounts = amounts.copy();
                spans.accrue(StreamMeters.KIND, now, amounts);
            }
            hours.add(amounts);
            state.put(offsets, batch.touched());
            state.put(new UsageState.Journal(true, batch.number(), batch.end()));
        });
        open = null;
        batches = batch.number();
        position = batch.end();
        if (withTime) {
            accruedTo = now;
        }
        journal.forget(position);
    }

    /** Forgets shards that are no more. */
    void tidy() {
        lock.lock();
        try {
            Set<Long> left = new HashSet<>();
            transaction.executeWithoutResult(_ -> left.addAll(state.forgetDeleted()));
            if (open == null) {
                offsets.keySet().retainAll(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
