package io.riacho.streams.usage;

import io.riacho.streams.stream.StreamHistory;
import io.riacho.streams.stream.StreamNaming;
import io.riacho.usage.hours.UsageSpans;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** What streams use by being there, stored with each change of one. Reads what the change has made of the tables. */
final class StreamSpans implements StreamHistory {

    private static final int FREE_HOURS = 24;

    private final JdbcTemplate jdbc;
    private final UsageSpans spans;
    private final InstantSource clock;

    StreamSpans(JdbcTemplate jdbc, UsageSpans spans, InstantSource clock) {
        this.jdbc = jdbc;
        this.spans = spans;
        this.clock = clock;
    }

    private record Found(String name, Map<String, Long> rates) {}

    @Override
    public void changed(long streamId) {
        Found found = jdbc
                .query(
                        """
                        select s.name, s.status, s.mode, s.retention_hours,
                            (select count(*) from streams.shard where stream_id = s.id and closed_at is null),
                            (select count(*) from streams.consumer
                                where stream_id = s.id and status <> 'DELETING' and not starts_with(name, ?))
                        from streams.stream s where s.id = ?\
                        """,
                        (row, _) -> new Found(
                                row.getString(1),
                                rates(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getInt(4),
                                        row.getLong(5),
                                        row.getLong(6))),
                        StreamsUsage.INTERNAL_CONSUMER,
                        streamId)
                .stream()
                .findFirst()
                .orElse(new Found("", Map.of()));
        spans.change(StreamMeters.KIND, Long.toString(streamId), found.name(), found.rates(), clock.instant());
    }

    /** Begins with all streams as they are. */
    void beginAll() {
        jdbc.query("select id from streams.stream order by id", (row, _) -> row.getLong(1))
                .forEach(this::changed);
    }

    private static Map<String, Long> rates(
            String name, String status, String mode, int retentionHours, long openShards, long consumers) {
        if (StreamNaming.isInternal(name) || status.equals("DELETING")) {
            return Map.of();
        }
        if (mode.equals("ON_DEMAND")) {
            return Map.of(StreamMeters.ON_DEMAND_HOURS, 1L);
        }
        return Map.of(
                StreamMeters.SHARD_HOURS,
                openShards,
                StreamMeters.EXTENDED_RETENTION,
                retentionHours > FREE_HOURS ? openShards : 0,
                StreamMeters.FAN_OUT_HOURS,
                consumers * openShards);
    }
}
