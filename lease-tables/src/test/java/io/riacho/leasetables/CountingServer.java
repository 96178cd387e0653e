package io.riacho.leasetables;

import static io.riacho.leasetables.Items.item;
import static io.riacho.leasetables.Items.n;
import static io.riacho.leasetables.Items.s;

import io.riacho.postgres.TestPostgres;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** A process with a server and writers that count in it, each two items in one transaction, and tell what is done. */
final class CountingServer {

    static final String TABLE = "counters";

    private CountingServer() {}

    static String key(int writer) {
        return "counter-" + writer;
    }

    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        DynamoDbClient client =
                new DynamoServer(new TestPostgres.Database(arguments[1], arguments[2], arguments[3])).client();
        client.createTable(table -> table.tableName(TABLE)
                .billingMode("PAY_PER_REQUEST")
                .keySchema(key -> key.attributeName("leaseKey").keyType("HASH"))
                .attributeDefinitions(
                        attribute -> attribute.attributeName("leaseKey").attributeType("S"),
                        attribute -> attribute.attributeName("leaseOwner").attributeType("S"))
                .globalSecondaryIndexes(index -> index.indexName("counters")
                        .keySchema(key -> key.attributeName("leaseOwner").keyType("HASH"))
                        .projection(projection -> projection.projectionType("KEYS_ONLY"))));
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            int writer = i;
            Thread.ofPlatform().start(() -> count(client, writer));
        }
    }

    private static void count(DynamoDbClient client, int writer) {
        for (long number = 1; ; number++) {
            long next = number;
            client.transactWriteItems(
                    request -> request.transactItems(set(key(writer), next), set(key(writer) + "-twin", next)));
            System.out.println("done " + writer + " " + next);
        }
    }

    private static TransactWriteItem set(String key, long number) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(TABLE)
                        .key(item("leaseKey", s(key)))
                        .updateExpression("SET leaseCounter = :n, leaseOwner = :o")
                        .conditionExpression(
                                number == 1 ? "attribute_not_exists(leaseCounter)" : "leaseCounter = :before")
                        .expressionAttributeValues(
                                number == 1
                                        ? item(":n", n(number), ":o", s("owner-" + number + "-" + key))
                                        : item(
                                                ":n", n(number),
                                                ":o", s("owner-" + number + "-" + key),
                                                ":before", n(number - 1))))
                .build();
    }
}
