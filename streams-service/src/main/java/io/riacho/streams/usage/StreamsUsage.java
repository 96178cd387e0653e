package io.riacho.streams.usage;

import io.riacho.log.ShardLog;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamHistory;
import io.riacho.streams.stream.StreamNaming;
import io.riacho.usage.UsageSchedule;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.UsageSource;
import io.riacho.usage.journal.Account;
import io.riacho.usage.journal.UsageEntry;
import io.riacho.usage.journal.UsageJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters streams. What is put and read goes to a journal before it is answered, and from there to PostgreSQL every few
 * seconds; what a stream uses by being there is stored with each change of it. Nothing of the record path waits for
 * PostgreSQL or for a disk. Safe for use by many threads.
 */
public final class StreamsUsage implements AutoCloseable {

    /** How consumers begin that Riacho's own services register; AWS's services need none. */
    static final String INTERNAL_CONSUMER = "riacho.";

    /** Of an account: principal, the stream's id, the stream's name. */
    static final int WORDS = 3;

    private static final Logger log = LoggerFactory.getLogger(StreamsUsage.class);
    private static final Duration TIDY_INTERVAL = Duration.ofHours(1);
    private static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);

    private final UsageTables tables;
    private final InstantSource clock;
    private final UsageSchedule schedule;
    private final UsageStart.@Nullable Started started;
    private volatile Supplier<List<Stream>> streams = List::of;

    /**
     * Takes up metering where the last process left it.
     *
     * @param folder of the journal
     * @param shardLog whose shards no stream is deleting yet
     */
    public StreamsUsage(UsageTables tables, Path folder, ShardLog shardLog, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
        schedule = new UsageSchedule("usage");
        UsageStart.Started metering =
                new UsageStart(tables, folder, shardLog, clock, () -> schedule.soon(this::prepare)).start();
        started = metering;
        if (metering != null) {
            schedule.soon(this::prepare);
            schedule.every(tables.properties().interval(), () -> {
                        metering.fold().fold();
                        metering.journal().prepare();
                    })
                    .every(RETRY_INTERVAL, () -> metering.fold().fold(false, metering.rest()))
                    .every(TIDY_INTERVAL, () -> {
                        metering.fold().tidy();
                        tidy();
                    });
        }
    }

    /** Says which streams there are, whose many principals are forgotten from time to time. */
    public void of(Supplier<List<Stream>> all) {
        streams = all;
    }

    public StreamsMeter meter() {
        UsageStart.Started metering = started;
        return metering == null ? StreamsMeter.OFF : new JournalMeter(metering.journal(), clock);
    }

    public StreamHistory history() {
        return started == null ? StreamHistory.NONE : new StreamSpans(tables.jdbc(), tables.spans(), clock);
    }

    public UsageSource source() {
        return tables.source("kinesis", StreamMeters.ALL, this::bringUpToDate);
    }

    private void bringUpToDate() {
        UsageStart.Started metering = started;
        if (metering != null) {
            metering.fold().fold(true, UsageFold.NOTHING);
        }
    }

    private void prepare() {
        UsageStart.Started metering = started;
        if (metering != null) {
            metering.journal().prepare();
        }
    }

    private void tidy() {
        streams.get().forEach(stream -> stream.traffic().accounts().forget());
        tables.hours().forget(clock.instant(), tables.properties().retention());
    }

    /** Adds what was metered; what is not added then is in the journal. */
    @Override
    public void close() {
        schedule.close();
        try {
            bringUpToDate();
        } catch (RuntimeException e) {
            log.warn("What was used last is added to PostgreSQL at the next start", e);
        }
        UsageStart.Started metering = started;
        if (metering != null) {
            metering.journal().close();
        }
    }

    private static final class JournalMeter implements StreamsMeter {

        private final UsageJournal journal;
        private final InstantSource clock;

        JournalMeter(UsageJournal journal, InstantSource clock) {
            this.journal = journal;
            this.clock = clock;
        }

        @Override
        public Put put(Stream stream, String principal) {
            return StreamNaming.isInternal(stream.name())
                    ? Put.OFF
                    : new JournalPut(journal, account(stream, principal), stream.isOnDemand());
        }

        @Override
        public void got(Stream stream, String principal, long bytes) {
            add(stream, principal, bytes, stream.isOnDemand() ? EntryType.GET_ON_DEMAND : EntryType.GET);
        }

        @Override
        public void pushed(Stream stream, String consumer, String principal, long bytes) {
            if (!consumer.startsWith(INTERNAL_CONSUMER)) {
                add(stream, principal, bytes, stream.isOnDemand() ? EntryType.FAN_OUT_ON_DEMAND : EntryType.FAN_OUT);
            }
        }

        private void add(Stream stream, String principal, long bytes, EntryType type) {
            if (bytes > 0 && !StreamNaming.isInternal(stream.name())) {
                journal.add(account(stream, principal), type.code(), 0, UsageEntry.NONE, 0, bytes, 0, clock.millis());
            }
        }

        private static Account account(Stream stream, String principal) {
            return stream.traffic()
                    .accounts()
                    .of(principal, who -> new Account(who, Long.toString(stream.id()), stream.name()));
        }
    }

    private record JournalPut(UsageJournal journal, Account account, boolean isOnDemand) implements StreamsMeter.Put {

        @Override
        public boolean isOn() {
            return true;
        }

        @Override
        public long units(int bytes) {
            return PutUnits.of(bytes, isOnDemand);
        }

        @Override
        public void stored(long shard, long firstOffset, int records, long bytes, long units, long millis) {
            EntryType type = isOnDemand ? EntryType.PUT_ON_DEMAND : EntryType.PUT;
            journal.add(account, type.code(), shard, firstOffset, records, bytes, units, millis);
        }
    }
}
