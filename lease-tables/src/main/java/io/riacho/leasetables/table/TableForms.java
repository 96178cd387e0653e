package io.riacho.leasetables.table;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.value.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

/** Keys, projections and throughputs as requests write them. */
final class TableForms {

    private static final int MAX_PROJECTED = 100;

    private TableForms() {}

    /** @throws io.riacho.protocol.AwsException ValidationException where an attribute is defined twice */
    static Map<String, Type> types(List<AttributeDefinition> definitions) {
        Map<String, Type> types = new HashMap<>();
        for (AttributeDefinition definition : definitions) {
            if (types.put(definition.attributeName(), Type.valueOf(definition.attributeTypeAsString())) != null) {
                throw DynamoErrors.invalid("Cannot have two attributes with the same name");
            }
        }
        return types;
    }

    static KeySchema key(List<KeySchemaElement> elements, Map<String, Type> types) {
        if (elements.isEmpty()
                || elements.size() > 2
                || !"HASH".equals(elements.getFirst().keyTypeAsString())) {
            throw DynamoErrors.invalid(
                    elements.size() > 2
                            ? "A key schema with more than one hash and one range key is not supported by this server"
                            : "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
        KeySchema.Attribute hash = attribute(elements.getFirst(), types);
        if (elements.size() == 1) {
            return new KeySchema(hash, null);
        }
        if (!"RANGE".equals(elements.getLast().keyTypeAsString())) {
            throw DynamoErrors.invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
        if (elements.getLast().attributeName().equals(hash.name())) {
            throw DynamoErrors.invalid(
                    "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        return new KeySchema(hash, attribute(elements.getLast(), types));
    }

    private static KeySchema.Attribute attribute(KeySchemaElement element, Map<String, Type> types) {
        Type type = types.get(element.attributeName());
        if (type == null) {
            throw DynamoErrors.invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: ["
                    + element.attributeName() + "], AttributeDefinitions: " + types.keySet());
        }
        return new KeySchema.Attribute(element.attributeName(), type);
    }

    static Table.Index index(
            String name,
            List<KeySchemaElement> key,
            @Nullable Projection projection,
            @Nullable ProvisionedThroughput throughput,
            boolean provisioned,
            Map<String, Type> types) {
        TableNames.requireName("IndexName", name);
        if (projection == null || projection.projectionTypeAsString() == null) {
            throw DynamoErrors.invalid("Unknown ProjectionType: null");
        }
        Table.ProjectionType type = Table.ProjectionType.valueOf(projection.projectionTypeAsString());
        List<String> projected = projection.nonKeyAttributes();
        if ((type == Table.ProjectionType.INCLUDE) == projected.isEmpty()) {
            throw DynamoErrors.invalid(
                    projected.isEmpty()
                            ? "ProjectionType is INCLUDE, but NonKeyAttributes is not specified"
                            : "ProjectionType is " + type + ", but NonKeyAttributes is specified");
        }
        if (projected.size() > MAX_PROJECTED || new HashSet<>(projected).size() < projected.size()) {
            throw DynamoErrors.invalid("NonKeyAttributes has duplicates or more than " + MAX_PROJECTED + " names");
        }
        return new Table.Index(0, name, key(key, types), type, projected, billing(provisioned, throughput));
    }

    static Table.Billing billing(boolean provisioned, @Nullable ProvisionedThroughput throughput) {
        if (!provisioned) {
            if (throughput != null && (throughput.readCapacityUnits() > 0 || throughput.writeCapacityUnits() > 0)) {
                throw DynamoErrors.invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                        + "BillingMode is PAY_PER_REQUEST");
            }
            return Table.Billing.BY_REQUEST;
        }
        if (throughput == null) {
            throw DynamoErrors.invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when "
                    + "BillingMode is PROVISIONED");
        }
        return new Table.Billing(true, throughput.readCapacityUnits(), throughput.writeCapacityUnits());
    }

    /** Every attribute that is defined has to be a key of something. */
    static void requireUsed(Map<String, Type> types, KeySchema table, List<Table.Index> indexes) {
        Set<String> used = new HashSet<>();
        table.attributes().forEach(attribute -> used.add(attribute.name()));
        indexes.forEach(index -> index.key().attributes().forEach(attribute -> used.add(attribute.name())));
        if (!used.containsAll(types.keySet())) {
            throw DynamoErrors.invalid("Number of attributes in KeySchema does not exactly match number of attributes "
                    + "defined in AttributeDefinitions");
        }
    }
}
