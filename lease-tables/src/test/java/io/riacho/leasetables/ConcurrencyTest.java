package io.riacho.leasetables;

import static io.riacho.leasetables.Items.item;
import static io.riacho.leasetables.Items.n;
import static io.riacho.leasetables.Items.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Many writers of the same items at once. */
class ConcurrencyTest {

    private static final int WRITERS = 32;

    private final DynamoDbClient client = DynamoServer.shared().client();
    private final String table = Items.leaseTable(client);

    @Test
    void anItemThatIsNotThereIsMadeByOneOfThirtyTwo() throws Exception {
        for (int round = 0; round < 5; round++) {
            String key = "lease-" + round;
            assertThat(won(writer -> client.putItem(request -> request.tableName(table)
                            .item(item("leaseKey", s(key), "leaseOwner", n(writer)))
                            .conditionExpression("attribute_not_exists(leaseKey)"))))
                    .isEqualTo(1);
        }
    }

    @Test
    void aLeaseIsTakenByOneOfThirtyTwo() throws Exception {
        client.putItem(request -> request.tableName(table).item(item("leaseKey", s("k"), "leaseCounter", n(0))));
        for (int round = 0; round < 5; round++) {
            int counter = round;
            assertThat(won(writer -> client.updateItem(request -> request.tableName(table)
                            .key(item("leaseKey", s("k")))
                            .updateExpression("SET leaseOwner = :w, leaseCounter = leaseCounter + :one")
                            .conditionExpression("leaseCounter = :n")
                            .expressionAttributeValues(item(":w", n(writer), ":n", n(counter), ":one", n(1))))))
                    .isEqualTo(1);
        }
    }

    @Test
    void noIncrementIsLost() throws Exception {
        all(writer -> {
            for (int i = 0; i < 10; i++) {
                client.updateItem(request -> request.tableName(table)
                        .key(item("leaseKey", s("counter")))
                        .updateExpression("ADD leaseCounter :one")
                        .expressionAttributeValues(item(":one", n(1))));
            }
            return true;
        });

        assertThat(client.getItem(request -> request.tableName(table).key(item("leaseKey", s("counter"))))
                        .item())
                .containsEntry("leaseCounter", n(10 * WRITERS));
    }

    @Test
    void transactionsOverTheSameItemsInAnyOrderDoNotWaitForEachOther() throws Exception {
        all(writer -> {
            for (int i = 0; i < 5; i++) {
                List<TransactWriteItem> items = new ArrayList<>(List.of(adding("one"), adding("two"), adding("three")));
                Collections.rotate(items, writer);
                client.transactWriteItems(request -> request.transactItems(items));
            }
            return true;
        });

        assertThat(client.scan(request -> request.tableName(table)).items())
                .hasSize(3)
                .allSatisfy(item -> assertThat(item).containsEntry("n", n(5 * WRITERS)));
    }

    private TransactWriteItem adding(String key) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(item("leaseKey", s(key)))
                        .updateExpression("ADD n :one")
                        .expressionAttributeValues(item(":one", n(1))))
                .build();
    }

    /** How many of the writers, which all begin at once, had no failed condition. */
    private long won(Write write) throws Exception {
        return all(writer -> {
                    try {
                        write.by(writer);
                        return true;
                    } catch (ConditionalCheckFailedException _) {
                        return false;
                    }
                })
                .stream()
                .filter(won -> won)
                .count();
    }

    private static List<Boolean> all(Attempt attempt) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Boolean> results = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                attempts.add(() -> {
                    start.await();
                    return attempt.by(writer);
                });
            }
            for (Future<Boolean> result : writers.invokeAll(attempts)) {
                results.add(result.get());
            }
        }
        return results;
    }

    private interface Write {
        void by(int writer);
    }

    private interface Attempt {
        boolean by(int writer);
    }
}
