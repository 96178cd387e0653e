package io.riacho.leasetables.item;

import io.riacho.leasetables.table.ItemKey;
import io.riacho.leasetables.value.ItemBytes;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Items in PostgreSQL, one by one. */
public final class ItemStore {

    private final JdbcClient jdbc;

    public ItemStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Waits until no other transaction holds the lock, and holds it until this one ends. Items that are not there can be
     * locked as well.
     */
    void lock(long lock) {
        jdbc.sql("select pg_advisory_xact_lock(?)").param(lock).query(row -> {});
    }

    /** Null where there is none. */
    Value.@Nullable Document find(long tableId, ItemKey key) {
        return jdbc.sql(
                        "select attributes from lease_tables.item where table_id = ? and partition = ? and range_key = ?")
                .params(tableId, key.partition(), key.range())
                .query((row, _) -> ItemBytes.read(row.getBytes(1)))
                .optional()
                .orElse(null);
    }

    void put(long tableId, ItemKey key, Value.Document item, Instant now) {
        jdbc.sql("""
                        insert into lease_tables.item (table_id, partition, range_key, attributes, size, changed_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (table_id, partition, range_key) do update
                        set attributes = excluded.attributes, size = excluded.size, changed_at = excluded.changed_at""")
                .params(
                        tableId,
                        key.partition(),
                        key.range(),
                        ItemBytes.write(item),
                        Values.size(item),
                        OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
    }

    /** With its entries in the indexes. */
    void delete(long tableId, ItemKey key) {
        jdbc.sql("delete from lease_tables.item where table_id = ? and partition = ? and range_key = ?")
                .params(tableId, key.partition(), key.range())
                .update();
    }
}
