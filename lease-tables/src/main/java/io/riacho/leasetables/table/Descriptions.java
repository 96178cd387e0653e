package io.riacho.leasetables.table;

import io.riacho.leasetables.value.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Tables as answers write them. */
final class Descriptions {

    private static final String ACTIVE = "ACTIVE";

    private final TableNames names;

    Descriptions(TableNames names) {
        this.names = names;
    }

    TableDescription of(Tables.Described described) {
        return of(described, ACTIVE);
    }

    /** @param status such as {@code DELETING} */
    TableDescription of(Tables.Described described, String status) {
        Table table = described.table();
        TableDescription.Builder description = TableDescription.builder()
                .tableName(table.name())
                .tableId(table.uuid().toString())
                .tableArn(names.arnOf(table.name()))
                .tableStatus(status)
                .creationDateTime(table.createdAt())
                .keySchema(key(table.key()))
                .attributeDefinitions(definitions(table))
                .itemCount(described.content().items())
                .tableSizeBytes(described.content().bytes())
                .deletionProtectionEnabled(table.deletionProtected())
                .provisionedThroughput(throughput(table.billing()));
        if (!table.billing().provisioned()) {
            description.billingModeSummary(BillingModeSummary.builder()
                    .billingMode(table.billing().mode())
                    .build());
        }
        if (!table.indexes().isEmpty()) {
            description.globalSecondaryIndexes(table.indexes().stream()
                    .map(index -> index(table, index, described.indexContent().getOrDefault(index.id(), 0L)))
                    .toList());
        }
        return description.build();
    }

    private GlobalSecondaryIndexDescription index(Table table, Table.Index index, long items) {
        Projection.Builder projection =
                Projection.builder().projectionType(index.projection().name());
        if (!index.projected().isEmpty()) {
            projection.nonKeyAttributes(index.projected());
        }
        return GlobalSecondaryIndexDescription.builder()
                .indexName(index.name())
                .indexArn(names.arnOf(table.name(), index.name()))
                .indexStatus(ACTIVE)
                .keySchema(key(index.key()))
                .projection(projection.build())
                .itemCount(items)
                .provisionedThroughput(throughput(index.billing()))
                .build();
    }

    private static ProvisionedThroughputDescription throughput(Table.Billing billing) {
        return ProvisionedThroughputDescription.builder()
                .readCapacityUnits(billing.readUnits())
                .writeCapacityUnits(billing.writeUnits())
                .numberOfDecreasesToday(0L)
                .build();
    }

    private static List<KeySchemaElement> key(KeySchema key) {
        List<KeySchemaElement> elements = new ArrayList<>();
        elements.add(element(key.hash(), "HASH"));
        if (key.range() != null) {
            elements.add(element(key.range(), "RANGE"));
        }
        return elements;
    }

    private static KeySchemaElement element(KeySchema.Attribute attribute, String type) {
        return KeySchemaElement.builder()
                .attributeName(attribute.name())
                .keyType(type)
                .build();
    }

    private static List<AttributeDefinition> definitions(Table table) {
        Map<String, Type> types = new LinkedHashMap<>();
        table.key().attributes().forEach(attribute -> types.put(attribute.name(), attribute.type()));
        table.indexes()
                .forEach(index ->
                        index.key().attributes().forEach(attribute -> types.put(attribute.name(), attribute.type())));
        return types.entrySet().stream()
                .map(entry -> AttributeDefinition.builder()
                        .attributeName(entry.getKey())
                        .attributeType(entry.getValue().name())
                        .build())
                .toList();
    }
}
