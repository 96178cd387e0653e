package io.riacho.leasetables.item;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.table.Table;
import io.riacho.leasetables.table.TableStore;
import io.riacho.leasetables.table.Transactions;
import io.riacho.leasetables.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads items and pages of items. Every read sees all that was committed before it. Safe for use by many threads. */
public final class ItemReader {

    private final Transactions transactions;
    private final TableStore tables;
    private final ItemStore items;
    private final PageStore pages;

    public ItemReader(Transactions transactions, TableStore tables, ItemStore items, PageStore pages) {
        this.transactions = transactions;
        this.tables = tables;
        this.items = items;
        this.pages = pages;
    }

    /** @param key as the request gives it */
    record Wanted(String table, Value.Document key) {}

    /** @throws io.riacho.protocol.AwsException ResourceNotFoundException */
    Table table(String name) {
        return tables.find(name).orElseThrow(DynamoErrors::tableNotFound);
    }

    /** The item; null where there is none. */
    Value.@Nullable Document get(Wanted wanted) {
        Table table = table(wanted.table());
        return items.find(table.id(), table.key().ofKey(wanted.key()));
    }

    /** The items as they are at one time. */
    List<Value.@Nullable Document> getAll(List<Wanted> wanted) {
        return transactions.readSnapshot(() -> {
            List<Value.@Nullable Document> found = new ArrayList<>();
            for (Wanted one : wanted) {
                found.add(get(one));
            }
            return found;
        });
    }

    /** @param index null where the table itself is read */
    PageStore.Page page(Table table, Table.@Nullable Index index, PageStore.Range range, PageStore.Filter filter) {
        return transactions.readSnapshot(() -> pages.read(table, index, range, filter));
    }
}
