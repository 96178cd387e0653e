package io.riacho.leasetables.table;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.value.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;

/** Operations on tables. Nothing that would do nothing is accepted. */
public final class TableOperations {

    private static final int MAX_NAMES = 100;

    private final TableNames names;
    private final Tables tables;
    private final Descriptions descriptions;

    public TableOperations(TableNames names, Tables tables) {
        this.names = names;
        this.tables = tables;
        this.descriptions = new Descriptions(names);
    }

    public CreateTableResponse createTable(CreateTableRequest request) {
        refuse("LocalSecondaryIndexes", request.hasLocalSecondaryIndexes());
        refuse(
                "A stream",
                request.streamSpecification() != null
                        && Boolean.TRUE.equals(request.streamSpecification().streamEnabled()));
        refuse(
                "SSESpecification",
                request.sseSpecification() != null
                        && Boolean.TRUE.equals(request.sseSpecification().enabled()));
        refuse("TableClass " + request.tableClassAsString(), isUnusual(request.tableClassAsString()));
        refuse("WarmThroughput", request.warmThroughput() != null);
        refuse("ResourcePolicy", request.resourcePolicy() != null);
        refuse("OnDemandThroughput", request.onDemandThroughput() != null);
        refuse(
                "A global table",
                request.globalTableSourceArn() != null || request.globalTableSettingsReplicationModeAsString() != null);
        String name = names.named(request.tableName());
        if (!request.hasAttributeDefinitions() || !request.hasKeySchema()) {
            throw DynamoErrors.invalid("AttributeDefinitions and KeySchema must both be specified");
        }
        Map<String, Type> types = TableForms.types(request.attributeDefinitions());
        KeySchema key = TableForms.key(request.keySchema(), types);
        boolean provisioned = isProvisioned(request.billingModeAsString(), true);
        Table.Billing billing = TableForms.billing(provisioned, request.provisionedThroughput());
        List<Table.Index> indexes = new ArrayList<>();
        request.globalSecondaryIndexes().forEach(index -> {
            refuse("WarmThroughput", index.warmThroughput() != null);
            refuse("OnDemandThroughput", index.onDemandThroughput() != null);
            if (indexes.stream().anyMatch(other -> other.name().equals(index.indexName()))) {
                throw DynamoErrors.invalid("Duplicate index name: " + index.indexName());
            }
            indexes.add(TableForms.index(
                    index.indexName(),
                    index.keySchema(),
                    index.projection(),
                    index.provisionedThroughput(),
                    provisioned,
                    types));
        });
        TableForms.requireUsed(types, key, indexes);
        Tables.Described created = tables.create(
                name,
                key,
                billing,
                Boolean.TRUE.equals(request.deletionProtectionEnabled()),
                indexes,
                TagOperations.tags(request.tags()));
        return CreateTableResponse.builder()
                .tableDescription(descriptions.of(created))
                .build();
    }

    public DescribeTableResponse describeTable(DescribeTableRequest request) {
        return DescribeTableResponse.builder()
                .table(descriptions.of(tables.describe(names.named(request.tableName()))))
                .build();
    }

    public UpdateTableResponse updateTable(UpdateTableRequest request) {
        refuse("A stream", request.streamSpecification() != null);
        refuse("SSESpecification", request.sseSpecification() != null);
        refuse(
                "A global table",
                request.hasReplicaUpdates()
                        || request.hasGlobalTableWitnessUpdates()
                        || request.multiRegionConsistencyAsString() != null
                        || request.globalTableSettingsReplicationModeAsString() != null);
        refuse("TableClass " + request.tableClassAsString(), isUnusual(request.tableClassAsString()));
        refuse("WarmThroughput", request.warmThroughput() != null);
        refuse("OnDemandThroughput", request.onDemandThroughput() != null);
        boolean changesIndexes = request.hasGlobalSecondaryIndexUpdates()
                && !request.globalSecondaryIndexUpdates().isEmpty();
        if (!changesIndexes
                && request.billingModeAsString() == null
                && request.provisionedThroughput() == null
                && request.deletionProtectionEnabled() == null
                && request.tableClassAsString() == null) {
            throw DynamoErrors.invalid("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                    + "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        }
        Tables.Described changed = tables.change(names.named(request.tableName()), (store, table) -> {
            boolean provisioned =
                    isProvisioned(request.billingModeAsString(), table.billing().provisioned());
            Table.Billing billing = changed(table.billing(), provisioned, request.provisionedThroughput());
            Boolean isProtected = request.deletionProtectionEnabled();
            store.update(table.id(), billing, isProtected != null ? isProtected : table.deletionProtected());
            if (changesIndexes) {
                if (request.globalSecondaryIndexUpdates().size() > 1
                        && request.globalSecondaryIndexUpdates().stream().anyMatch(update -> update.update() == null)) {
                    throw DynamoErrors.limitExceeded("Subscriber limit exceeded: Only 1 online index can be created or "
                            + "deleted simultaneously per table");
                }
                request.globalSecondaryIndexUpdates()
                        .forEach(update -> change(store, table, update, types(table, request), provisioned));
            }
        });
        return UpdateTableResponse.builder()
                .tableDescription(descriptions.of(changed))
                .build();
    }

    public DeleteTableResponse deleteTable(DeleteTableRequest request) {
        String name = names.named(request.tableName());
        Tables.Described deleted = tables.delete(name, names.arnOf(name));
        return DeleteTableResponse.builder()
                .tableDescription(descriptions.of(deleted, "DELETING"))
                .build();
    }

    public ListTablesResponse listTables(ListTablesRequest request) {
        int limit = request.limit() == null ? MAX_NAMES : request.limit();
        String behind = request.exclusiveStartTableName() == null ? "" : request.exclusiveStartTableName();
        List<String> found = tables.names(behind, limit + 1);
        boolean more = found.size() > limit;
        List<String> page = more ? found.subList(0, limit) : found;
        return ListTablesResponse.builder()
                .tableNames(page)
                .lastEvaluatedTableName(more ? page.getLast() : null)
                .build();
    }

    private void change(
            TableStore store,
            Table table,
            GlobalSecondaryIndexUpdate update,
            Map<String, Type> types,
            boolean provisioned) {
        if (update.create() != null && update.update() == null && update.delete() == null) {
            var create = update.create();
            refuse("WarmThroughput", create.warmThroughput() != null);
            refuse("OnDemandThroughput", create.onDemandThroughput() != null);
            tables.addIndex(
                    table,
                    TableForms.index(
                            create.indexName(),
                            create.keySchema(),
                            create.projection(),
                            create.provisionedThroughput(),
                            provisioned,
                            types));
        } else if (update.delete() != null && update.update() == null && update.create() == null) {
            store.deleteIndex(existing(table, update.delete().indexName()).id());
        } else if (update.update() != null && update.create() == null && update.delete() == null) {
            refuse("WarmThroughput", update.update().warmThroughput() != null);
            refuse("OnDemandThroughput", update.update().onDemandThroughput() != null);
            Table.Index index = existing(table, update.update().indexName());
            store.updateIndex(
                    index.id(), TableForms.billing(provisioned, update.update().provisionedThroughput()));
        } else {
            throw DynamoErrors.invalid(
                    "Each GlobalSecondaryIndexUpdate has to have exactly one of Create, Update or Delete");
        }
    }

    private static Table.Index existing(Table table, String name) {
        return table.indexes().stream()
                .filter(index -> index.name().equals(name))
                .findFirst()
                .orElseThrow(() -> DynamoErrors.tableNotFound());
    }

    /** The types of the keys that there are, and of those that the request defines. */
    private static Map<String, Type> types(Table table, UpdateTableRequest request) {
        Map<String, Type> types = new HashMap<>();
        table.key().attributes().forEach(attribute -> types.put(attribute.name(), attribute.type()));
        table.indexes()
                .forEach(index ->
                        index.key().attributes().forEach(attribute -> types.put(attribute.name(), attribute.type())));
        TableForms.types(request.attributeDefinitions()).forEach((name, type) -> {
            Type known = types.putIfAbsent(name, type);
            if (known != null && known != type) {
                throw DynamoErrors.invalid("Attribute " + name + " is a key of type " + known + " already");
            }
        });
        return types;
    }

    private static Table.Billing changed(
            Table.Billing before, boolean provisioned, @Nullable ProvisionedThroughput throughput) {
        if (provisioned && before.provisioned() && throughput == null) {
            return before;
        }
        return TableForms.billing(provisioned, throughput);
    }

    private static boolean isProvisioned(@Nullable String billingMode, boolean otherwise) {
        return billingMode == null ? otherwise : billingMode.equals("PROVISIONED");
    }

    private static boolean isUnusual(@Nullable String tableClass) {
        return tableClass != null && !tableClass.equals("STANDARD");
    }

    private static void refuse(String what, boolean asked) {
        if (asked) {
            throw DynamoErrors.notSupported(what);
        }
    }
}
