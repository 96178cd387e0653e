package io.riacho.leasetables.table;

import io.riacho.leasetables.value.ItemBytes;
import io.riacho.leasetables.value.Value;
import io.riacho.protocol.AwsException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What indexes hold: where they have which item. Changed in the transaction that changes the item. */
public final class IndexStore {

    /** Bounds what filling an index holds in memory: an item has at most 400 KB. */
    private static final int FETCHED = 32;

    private final JdbcClient jdbc;

    public IndexStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Follows a change of an item that was stored already.
     *
     * @param before null where there was none
     * @throws AwsException ValidationException where an index cannot have the item
     */
    public void follow(Table table, ItemKey item, Value.@Nullable Document before, Value.Document after) {
        for (Table.Index index : table.indexes()) {
            Optional<ItemKey> now = index.key().inIndex(after, index.name());
            Optional<ItemKey> old =
                    before == null ? Optional.empty() : index.key().inIndex(before, index.name());
            if (!now.equals(old)) {
                jdbc.sql("""
                                delete from lease_tables.index_entry
                                where table_id = ? and item_partition = ? and item_range_key = ? and index_id = ?""")
                        .params(table.id(), item.partition(), item.range(), index.id())
                        .update();
                now.ifPresent(key -> insert(table.id(), index.id(), key, item));
            }
        }
    }

    /** Lets a new index have the items that the table has. Those that it cannot have are left out, as DynamoDB does. */
    void fill(Table table, Table.Index index) {
        jdbc.sql("select partition, range_key, attributes from lease_tables.item where table_id = ?")
                .param(table.id())
                .withFetchSize(FETCHED)
                .query(row -> {
                    ItemKey item = new ItemKey(row.getBytes(1), row.getBytes(2));
                    try {
                        index.key()
                                .inIndex(ItemBytes.read(row.getBytes(3)), index.name())
                                .ifPresent(key -> insert(table.id(), index.id(), key, item));
                    } catch (AwsException _) {
                        // Not an item of this index.
                    }
                });
    }

    private void insert(long tableId, long indexId, ItemKey key, ItemKey item) {
        jdbc.sql("""
                        insert into lease_tables.index_entry
                            (index_id, partition, range_key, table_id, item_partition, item_range_key)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(indexId, key.partition(), key.range(), tableId, item.partition(), item.range())
                .update();
    }
}
