package io.riacho.streams.usage;

import io.riacho.streams.stream.StreamNaming;
import io.riacho.usage.journal.UsagePosition;
import java.sql.Array;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Up to where records and the journal are metered, in PostgreSQL. Whoever writes has a transaction. */
final class UsageState {

    private final JdbcTemplate jdbc;

    UsageState(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param isMetering whether the last process metered
     * @param batch how many batches were added
     * @param read up to where the journal was
     */
    record Journal(boolean isMetering, long batch, UsagePosition read) {}

    /** Nothing where nothing was ever metered. */
    Optional<Journal> journal() {
        return jdbc
                .query(
                        "select metering, batch, file, slot from streams.usage_journal",
                        (row, _) -> new Journal(
                                row.getBoolean(1), row.getLong(2), new UsagePosition(row.getLong(3), row.getInt(4))))
                .stream()
                .findFirst();
    }

    /** The number of the batch that was added last; held until the transaction ends. */
    long lockedBatch() {
        Long batch = jdbc.queryForObject("select batch from streams.usage_journal for update", Long.class);
        return batch == null ? 0 : batch;
    }

    void put(Journal journal) {
        jdbc.update(
                """
                insert into streams.usage_journal (metering, batch, file, slot) values (?, ?, ?, ?)
                on conflict (single) do update set metering = excluded.metering, batch = excluded.batch,
                    file = excluded.file, slot = excluded.slot\
                """,
                journal.isMetering(),
                journal.batch(),
                journal.read().file(),
                journal.read().slot());
    }

    Map<Long, MeteredOffsets> offsets() {
        Map<Long, MeteredOffsets> offsets = new HashMap<>();
        jdbc.query("select shard, metered_to, ahead from streams.usage_shard", row -> {
            Array ahead = row.getArray(3);
            offsets.put(row.getLong(1), MeteredOffsets.of(row.getLong(2), (Long[]) ahead.getArray()));
        });
        return offsets;
    }

    void put(Map<Long, MeteredOffsets> offsets, Collection<Long> shards) {
        jdbc.batchUpdate("""
                insert into streams.usage_shard (shard, metered_to, ahead) values (?, ?, ?)
                on conflict (shard) do update set metered_to = excluded.metered_to, ahead = excluded.ahead\
                """, shards.stream().sorted().toList(), 500, (statement, shard) -> {
            MeteredOffsets metered = offsets.getOrDefault(shard, new MeteredOffsets(0));
            statement.setLong(1, shard);
            statement.setLong(2, metered.end());
            statement.setArray(3, statement.getConnection().createArrayOf("bigint", metered.ahead()));
        });
    }

    /** Forgets shards that are no more; returns those that are left. */
    List<Long> forgetDeleted() {
        jdbc.update("delete from streams.usage_shard u where not exists"
                + " (select from streams.shard s where s.number = u.shard)");
        return jdbc.query("select shard from streams.usage_shard", (row, _) -> row.getLong(1));
    }

    void forgetAll() {
        jdbc.update("delete from streams.usage_shard");
    }

    /** Of all streams that are metered. */
    List<MeteredStream> shards() {
        return jdbc
                .query("""
                        select h.number, s.id, s.name, s.mode from streams.shard h
                        join streams.stream s on s.id = h.stream_id order by h.number\
                        """, (row, _) -> stream(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
                .stream()
                .filter(stream -> !StreamNaming.isInternal(stream.name()))
                .toList();
    }

    private static MeteredStream stream(long shard, String id, @Nullable String name, String mode) {
        return new MeteredStream(shard, id, name == null ? "" : name, mode.equals("ON_DEMAND"));
    }
}
