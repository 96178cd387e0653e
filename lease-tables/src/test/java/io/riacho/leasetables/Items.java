package io.riacho.leasetables;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Short forms of what tests write often. */
final class Items {

    private Items() {}

    static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue n(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    /** Attributes as name, value, name, value. */
    static Map<String, AttributeValue> item(Object... attributes) {
        Map<String, AttributeValue> item = new HashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            item.put((String) attributes[i], (AttributeValue) attributes[i + 1]);
        }
        return item;
    }

    /** Creates a table as KCL does; gives its name. */
    static String leaseTable(DynamoDbClient client) {
        String name = DynamoServer.newTable();
        client.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .deletionProtectionEnabled(false)
                .keySchema(key -> key.attributeName("leaseKey").keyType(KeyType.HASH))
                .attributeDefinitions(
                        attribute -> attribute.attributeName("leaseKey").attributeType(ScalarAttributeType.S)));
        return name;
    }

    /** Creates a table with the hash key {@code h} and the range key {@code r} of that type. */
    static String rangeTable(DynamoDbClient client, ScalarAttributeType type) {
        String name = DynamoServer.newTable();
        client.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                        key -> key.attributeName("h").keyType(KeyType.HASH),
                        key -> key.attributeName("r").keyType(KeyType.RANGE))
                .attributeDefinitions(
                        attribute -> attribute.attributeName("h").attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName("r").attributeType(type)));
        return name;
    }

    static String message(Throwable thrown) {
        return ((DynamoDbException) thrown).awsErrorDetails().errorMessage();
    }
}
