package io.riacho.leasetables.table;

import io.riacho.leasetables.error.DynamoErrors;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Creates, changes and deletes tables. A table is there, or as it was changed to, when the call returns. */
public final class Tables {

    private static final int MAX_TABLES = 2500;
    private static final int MAX_INDEXES = 20;
    private static final int MAX_TAGS = 50;

    private final Transactions transactions;
    private final TableStore store;
    private final IndexStore indexes;
    private final InstantSource clock;

    public Tables(Transactions transactions, TableStore store, IndexStore indexes, InstantSource clock) {
        this.transactions = transactions;
        this.store = store;
        this.indexes = indexes;
        this.clock = clock;
    }

    public Optional<Table> find(String name) {
        return store.find(name);
    }

    /** A table with what is in it. */
    record Described(Table table, TableStore.Content content, Map<Long, Long> indexContent) {}

    /** @throws io.riacho.protocol.AwsException ResourceNotFoundException */
    Described describe(String name) {
        return described(store.find(name).orElseThrow(() -> DynamoErrors.tableNotFound(name)));
    }

    List<String> names(String behind, int limit) {
        return store.names(behind, limit);
    }

    Described create(
            String name,
            KeySchema key,
            Table.Billing billing,
            boolean deletionProtected,
            List<Table.Index> wanted,
            Map<String, String> tags) {
        requireFewIndexes(wanted.size());
        return transactions.write(() -> {
            store.lockAlone(name);
            if (store.find(name).isPresent()) {
                throw DynamoErrors.tableExists(name);
            }
            if (store.count() >= MAX_TABLES) {
                throw DynamoErrors.limitExceeded(
                        "Subscriber limit exceeded: There is a limit of " + MAX_TABLES + " tables per subscriber");
            }
            long id = store.insert(name, key, billing, deletionProtected, clock.instant())
                    .orElseThrow(() -> DynamoErrors.tableExists(name));
            wanted.forEach(index -> store.insertIndex(id, index));
            store.tag(id, tags);
            return describe(name);
        });
    }

    /** @param change may call {@link #addIndex}, {@link #dropIndex} and the like; asked within the transaction */
    Described change(String name, BiConsumer<TableStore, Table> change) {
        return transactions.write(() -> {
            store.lockAlone(name);
            Table table = store.find(name).orElseThrow(() -> DynamoErrors.tableNotFound(name));
            change.accept(store, table);
            return describe(name);
        });
    }

    /** Within {@link #change}. */
    void addIndex(Table table, Table.Index index) {
        if (table.indexes().stream().anyMatch(other -> other.name().equals(index.name()))) {
            throw DynamoErrors.validation("Attempting to create an index which already exists");
        }
        requireFewIndexes(table.indexes().size() + 1);
        long id = store.insertIndex(table.id(), index);
        indexes.fill(
                table,
                new Table.Index(id, index.name(), index.key(), index.projection(), index.projected(), index.billing()));
    }

    Described delete(String name, String arn) {
        return transactions.write(() -> {
            store.lockAlone(name);
            Described described = describe(name);
            if (described.table().deletionProtected()) {
                throw DynamoErrors.deletionProtected(arn);
            }
            store.delete(described.table().id());
            return described;
        });
    }

    void tag(String name, String arn, Map<String, String> tags) {
        transactions.write(() -> {
            store.lockAlone(name);
            store.tag(known(name, arn).id(), tags);
            if (known(name, arn).tags().size() > MAX_TAGS) {
                throw DynamoErrors.validation("Too many tags: a table may have at most " + MAX_TAGS);
            }
            return name;
        });
    }

    void untag(String name, String arn, List<String> tagNames) {
        transactions.write(() -> {
            store.lockAlone(name);
            store.untag(known(name, arn).id(), tagNames);
            return name;
        });
    }

    Table known(String name, String arn) {
        return store.find(name).orElseThrow(() -> DynamoErrors.resourceNotFound(arn));
    }

    private Described described(Table table) {
        return new Described(table, store.content(table.id()), store.indexContent(table.id()));
    }

    private static void requireFewIndexes(int count) {
        if (count > MAX_INDEXES) {
            throw DynamoErrors.limitExceeded(
                    "GlobalSecondaryIndex count exceeds the per-table limit of " + MAX_INDEXES);
        }
    }
}
