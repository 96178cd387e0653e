package io.riacho.leasetables.table;

import io.riacho.leasetables.value.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables' definitions in PostgreSQL. What writes items holds a table's lock together with other writers, what changes
 * its definition holds it alone; both hold it until their transaction ends.
 */
public final class TableStore {

    private static final String TAGS =
            "(select json_object_agg(t.name, t.value) from lease_tables.table_tag t where t.table_id = d.id)";

    private final JdbcClient jdbc;

    public TableStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Waits until nobody changes the table of that name, which need not exist. */
    public void lockShared(String name) {
        lock("pg_advisory_xact_lock_shared", name);
    }

    /** Waits until nobody writes to the table of that name, which need not exist. */
    public void lockAlone(String name) {
        lock("pg_advisory_xact_lock", name);
    }

    public Optional<Table> find(String name) {
        List<Table> found = jdbc.sql("select d.*, " + TAGS + """
                         as tags,
                               i.id as i_id, i.name as i_name, i.hash_name as i_hash_name, i.hash_type as i_hash_type,
                               i.range_name as i_range_name, i.range_type as i_range_type, i.projection, i.projected,
                               i.read_units as i_read_units, i.write_units as i_write_units
                        from lease_tables.table_definition d
                        left join lease_tables.table_index i on i.table_id = d.id
                        where d.name = ?
                        order by i.id""").param(name).query(TableStore::tables);
        return found.stream().findFirst();
    }

    /** The names behind the given one, in their order. */
    public List<String> names(String behind, int limit) {
        return jdbc.sql("select name from lease_tables.table_definition where name > ? order by name limit ?")
                .params(behind, limit)
                .query((row, _) -> row.getString("name"))
                .list();
    }

    public int count() {
        return jdbc.sql("select count(*) from lease_tables.table_definition")
                .query(Integer.class)
                .single();
    }

    /** What is in a table. */
    record Content(long items, long bytes) {}

    Content content(long tableId) {
        return jdbc.sql("select count(*), coalesce(sum(size), 0) from lease_tables.item where table_id = ?")
                .param(tableId)
                .query((row, _) -> new Content(row.getLong(1), row.getLong(2)))
                .single();
    }

    /** The number of items that an index has, by the index's id. */
    Map<Long, Long> indexContent(long tableId) {
        Map<Long, Long> counts = new HashMap<>();
        jdbc.sql("""
                        select i.id, (select count(*) from lease_tables.index_entry e where e.index_id = i.id)
                        from lease_tables.table_index i where i.table_id = ?""").param(tableId).query(row -> {
            counts.put(row.getLong(1), row.getLong(2));
        });
        return counts;
    }

    /** Empty where there is a table of that name. */
    Optional<Long> insert(String name, KeySchema key, Table.Billing billing, boolean deletionProtected, Instant now) {
        try {
            return Optional.of(jdbc.sql("""
                            insert into lease_tables.table_definition
                                (name, uuid, hash_name, hash_type, range_name, range_type, billing_mode, read_units,
                                 write_units, deletion_protection, created_at)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id""")
                    .param(name)
                    .param(UUID.randomUUID())
                    .param(key.hash().name())
                    .param(key.hash().type().name())
                    .param(name(key.range()))
                    .param(type(key.range()))
                    .param(billing.mode())
                    .param(billing.readUnits())
                    .param(billing.writeUnits())
                    .param(deletionProtected)
                    .param(OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                    .query(Long.class)
                    .single());
        } catch (DuplicateKeyException _) {
            return Optional.empty();
        }
    }

    /** @param index its id does not count */
    long insertIndex(long tableId, Table.Index index) {
        return jdbc.sql("""
                        insert into lease_tables.table_index
                            (table_id, name, hash_name, hash_type, range_name, range_type, projection, projected,
                             read_units, write_units)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id""")
                .param(tableId)
                .param(index.name())
                .param(index.key().hash().name())
                .param(index.key().hash().type().name())
                .param(name(index.key().range()))
                .param(type(index.key().range()))
                .param(index.projection().name())
                .param(index.projected().toArray(String[]::new))
                .param(index.billing().readUnits())
                .param(index.billing().writeUnits())
                .query(Long.class)
                .single();
    }

    void deleteIndex(long indexId) {
        jdbc.sql("delete from lease_tables.table_index where id = ?")
                .param(indexId)
                .update();
    }

    void updateIndex(long indexId, Table.Billing billing) {
        jdbc.sql("update lease_tables.table_index set read_units = ?, write_units = ? where id = ?")
                .params(billing.readUnits(), billing.writeUnits(), indexId)
                .update();
    }

    void update(long tableId, Table.Billing billing, boolean deletionProtected) {
        jdbc.sql("""
                        update lease_tables.table_definition
                        set billing_mode = ?, read_units = ?, write_units = ?, deletion_protection = ?
                        where id = ?""")
                .params(billing.mode(), billing.readUnits(), billing.writeUnits(), deletionProtected, tableId)
                .update();
    }

    void delete(long tableId) {
        jdbc.sql("delete from lease_tables.table_definition where id = ?")
                .param(tableId)
                .update();
    }

    void tag(long tableId, Map<String, String> tags) {
        tags.forEach((name, value) -> jdbc.sql("""
                        insert into lease_tables.table_tag (table_id, name, value) values (?, ?, ?)
                        on conflict (table_id, name) do update set value = excluded.value""").params(tableId, name, value).update());
    }

    void untag(long tableId, List<String> names) {
        names.forEach(name -> jdbc.sql("delete from lease_tables.table_tag where table_id = ? and name = ?")
                .params(tableId, name)
                .update());
    }

    private void lock(String function, String name) {
        jdbc.sql("select " + function + "(hashtextextended(?, 0))").param(name).query(row -> {});
    }

    private static @Nullable String name(KeySchema.@Nullable Attribute attribute) {
        return attribute == null ? null : attribute.name();
    }

    private static @Nullable String type(KeySchema.@Nullable Attribute attribute) {
        return attribute == null ? null : attribute.type().name();
    }

    /** Rows of one table: one for each index, one where there is none. */
    private static List<Table> tables(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return List.of();
        }
        Table table = table(rows);
        List<Table.Index> indexes = new ArrayList<>();
        do {
            if (rows.getObject("i_id") != null) {
                indexes.add(index(rows, table.billing().provisioned()));
            }
        } while (rows.next());
        return List.of(new Table(
                table.id(),
                table.name(),
                table.uuid(),
                table.key(),
                table.billing(),
                table.deletionProtected(),
                table.createdAt(),
                indexes,
                table.tags()));
    }

    private static Table table(ResultSet row) throws SQLException {
        String tags = row.getString("tags");
        return new Table(
                row.getLong("id"),
                row.getString("name"),
                row.getObject("uuid", UUID.class),
                key(row, ""),
                new Table.Billing(
                        row.getString("billing_mode").equals("PROVISIONED"),
                        row.getLong("read_units"),
                        row.getLong("write_units")),
                row.getBoolean("deletion_protection"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                List.of(),
                tags == null ? Map.of() : tags(tags));
    }

    private static Map<String, String> tags(String json) {
        Map<String, String> tags = new HashMap<>();
        JsonMapper.shared()
                .readTree(json)
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().stringValue()));
        return tags;
    }

    private static Table.Index index(ResultSet row, boolean provisioned) throws SQLException {
        return new Table.Index(
                row.getLong("i_id"),
                row.getString("i_name"),
                key(row, "i_"),
                Table.ProjectionType.valueOf(row.getString("projection")),
                List.of((String[]) row.getArray("projected").getArray()),
                provisioned
                        ? new Table.Billing(true, row.getLong("i_read_units"), row.getLong("i_write_units"))
                        : Table.Billing.BY_REQUEST);
    }

    private static KeySchema key(ResultSet row, String prefix) throws SQLException {
        String range = row.getString(prefix + "range_name");
        return new KeySchema(
                new KeySchema.Attribute(
                        row.getString(prefix + "hash_name"), Type.valueOf(row.getString(prefix + "hash_type"))),
                range == null
                        ? null
                        : new KeySchema.Attribute(range, Type.valueOf(row.getString(prefix + "range_type"))));
    }
}
