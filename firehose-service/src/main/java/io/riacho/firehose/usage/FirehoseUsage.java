package io.riacho.firehose.usage;

import io.riacho.usage.UsageSchedule;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.Amounts;
import io.riacho.usage.hours.HourlyUsage;
import io.riacho.usage.hours.UsageSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Keeps what delivery streams used, in the transactions that say how far they are. */
public final class FirehoseUsage implements AutoCloseable {

    private static final Duration TIDY_INTERVAL = Duration.ofHours(1);

    private final UsageTables tables;
    private final UsageSchedule schedule;

    public FirehoseUsage(UsageTables tables, InstantSource clock) {
        this.tables = tables;
        schedule = new UsageSchedule("firehose-usage")
                .every(
                        TIDY_INTERVAL,
                        () -> tables.hours()
                                .forget(clock.instant(), tables.properties().retention()));
    }

    /** Adds amounts in the transaction of who calls; nothing where usage is not metered. */
    public Consumer<Amounts> meter() {
        HourlyUsage hours = tables.hours();
        return tables.properties().enabled() ? hours::add : _ -> {};
    }

    public UsageSource source() {
        return tables.source("firehose", FirehoseMeters.ALL, () -> {});
    }

    @Override
    public void close() {
        schedule.close();
    }
}
