package io.riacho.streams.usage;

import io.riacho.log.ShardLog;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.Amounts;
import io.riacho.usage.hours.UsageSpans;
import io.riacho.usage.journal.UsageJournal;
import io.riacho.usage.journal.UsagePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes up metering where the last process left it: what is in its journal and not in PostgreSQL, then what is in the log
 * and in neither. To be done before streams are changed, since that deletes logs.
 */
final class UsageStart {

    private final UsageTables tables;
    private final Path folder;
    private final ShardLog shardLog;
    private final InstantSource clock;
    private final Runnable onFileBegun;
    private final UsageState state;
    private final UsageSpans spans;
    private final LogReplay replay;
    /** Shards with records of former processes that could not be read, and where those end. */
    private final Map<Long, Long> unread = new HashMap<>();

    UsageStart(UsageTables tables, Path folder, ShardLog shardLog, InstantSource clock, Runnable onFileBegun) {
        this.tables = tables;
        this.folder = folder;
        this.shardLog = shardLog;
        this.clock = clock;
        this.onFileBegun = onFileBegun;
        state = new UsageState(tables.jdbc());
        spans = tables.spans();
        replay = new LogReplay(shardLog);
    }

    /** @param rest meters what could not be read at the start, as far as it can be now */
    record Started(UsageJournal journal, UsageFold fold, UsageFold.Besides rest) {}

    /** Null where usage is not to be metered; what was metered before is in PostgreSQL then. */
    @Nullable
    Started start() {
        boolean isEnabled = tables.properties().enabled();
        UsageState.Journal before = state.journal().orElse(null);
        if (before == null && !isEnabled) {
            return null;
        }
        UsageJournal journal = open(before == null ? UsagePosition.of(1) : before.read());
        if (before == null || !before.isMetering()) {
            return isEnabled ? beginAnew(journal, before == null ? 0 : before.batch()) : null;
        }
        UsageFold fold = fold(journal, before, state.offsets());
        fold.fold(true, this::fillGaps);
        if (!isEnabled) {
            end();
            return null;
        }
        journal.begin();
        return new Started(journal, fold, this::fillRest);
    }

    private UsageJournal open(UsagePosition read) {
        try {
            return new UsageJournal(
                    folder,
                    Math.toIntExact(tables.properties().journalFileSize().toBytes()),
                    tables.properties().journalSize().toBytes(),
                    read,
                    onFileBegun);
        } catch (IOException e) {
            throw new UncheckedIOException("The journal of usage in " + folder + " cannot be opened", e);
        }
    }

    private UsageFold fold(UsageJournal journal, UsageState.Journal begin, Map<Long, MeteredOffsets> offsets) {
        return new UsageFold(journal, state, tables.hours(), spans, tables.transaction(), clock, begin, offsets);
    }

    /** Nothing that was used before counts: nobody was metering. */
    private Started beginAnew(UsageJournal journal, long batch) {
        UsagePosition read = UsagePosition.of(journal.numberBehind());
        journal.forget(read);
        UsageState.Journal begin = new UsageState.Journal(true, batch, read);
        Map<Long, MeteredOffsets> offsets = new HashMap<>();
        tables.transaction().executeWithoutResult(_ -> {
            state.forgetAll();
            state.shards()
                    .forEach(stream ->
                            offsets.put(stream.shard(), new MeteredOffsets(shardLog.endOffset(stream.shard()))));
            state.put(offsets, offsets.keySet());
            new StreamSpans(tables.jdbc(), spans, clock).beginAll();
            state.put(begin);
        });
        journal.begin();
        return new Started(journal, fold(journal, begin, offsets), this::fillRest);
    }

    private void end() {
        tables.transaction().executeWithoutResult(_ -> {
            spans.endAll(StreamMeters.KIND, clock.instant());
            Amounts rest = new Amounts();
            spans.accrue(StreamMeters.KIND, clock.instant(), rest);
            tables.hours().add(rest);
            UsageState.Journal last = state.journal().orElseThrow();
            state.put(new UsageState.Journal(false, last.batch(), last.read()));
        });
    }

    private void fillGaps(Map<Long, MeteredOffsets> offsets, Amounts into, Set<Long> touched) {
        for (MeteredStream stream : state.shards()) {
            MeteredOffsets metered = offsets.computeIfAbsent(stream.shard(), _ -> new MeteredOffsets(0));
            long end = shardLog.endOffset(stream.shard());
            metered.cutAt(end);
            fill(stream, end, metered, into);
            touched.add(stream.shard());
        }
    }

    private void fillRest(Map<Long, MeteredOffsets> offsets, Amounts into, Set<Long> touched) {
        if (unread.isEmpty()) {
            return;
        }
        Map<Long, Long> left = Map.copyOf(unread);
        unread.clear();
        for (MeteredStream stream : state.shards()) {
            Long end = left.get(stream.shard());
            MeteredOffsets metered = offsets.get(stream.shard());
            if (end != null && metered != null) {
                fill(stream, end, metered, into);
                touched.add(stream.shard());
            }
        }
    }

    private void fill(MeteredStream stream, long end, MeteredOffsets metered, Amounts into) {
        metered.gapsBefore(end).forEach(gap -> replay.fill(stream, gap, metered, into));
        if (!metered.gapsBefore(end).isEmpty()) {
            unread.put(stream.shard(), end);
        }
    }
}
