package io.riacho.leasetables;

import static io.riacho.leasetables.Items.item;
import static io.riacho.leasetables.Items.n;
import static io.riacho.leasetables.Items.s;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Queries and scans, page by page. */
class PagesTest {

    private final DynamoDbClient client = DynamoServer.shared().client();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h = :h|-3,-2,-1,0,1,2,3",
                "h = :h AND r = :a|-2",
                "h = :h AND r < :a|-3",
                "h = :h AND r <= :a|-3,-2",
                "h = :h AND r > :b|2,3",
                "h = :h AND r >= :b|1,2,3",
                "r BETWEEN :a AND :b AND h = :h|-2,-1,0,1"
            })
    void aQueryFindsARangeInOrder(String condition, String found) {
        String table = numbers();

        assertThat(query(table, condition, true)).isEqualTo(numbers(found));
        assertThat(query(table, condition, false)).isEqualTo(numbers(found).reversed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r = :a|Query condition missed key schema element: h",
                "h > :h|Query key condition not supported",
                "h = :h OR r = :a|Invalid operator used in KeyConditionExpression: OR",
                "h = :h AND x = :a|Query condition missed key schema element: x",
                "h = :a|One or more parameter values were invalid: Condition parameter type does not match schema type"
            })
    void aQueryThatIsNoneIsRefused(String condition, String message) {
        String table = numbers();

        assertThatThrownBy(() -> query(table, condition, true))
                .extracting(Items::message)
                .isEqualTo(message);
    }

    @Test
    void aPageEndsAtItsLimitAndTheNextGoesOnBehindIt() {
        String table = numbers();

        assertThat(client
                        .queryPaginator(request -> request.tableName(table)
                                .limit(2)
                                .keyConditionExpression("h = :h")
                                .expressionAttributeValues(item(":h", s("a"))))
                        .stream())
                .extracting(page -> page.items().size())
                .containsExactly(2, 2, 2, 1);
        assertThat(client.scanPaginator(request -> request.tableName(table).limit(3)).items().stream()
                        .map(item -> requireNonNull(item.get("r")).n())
                        .toList())
                .containsExactlyInAnyOrder("-3", "-2", "-1", "0", "1", "2", "3");
    }

    @Test
    void aPageEndsAtOneMegabyte() {
        String table = Items.rangeTable(client, ScalarAttributeType.N);
        for (int i = 0; i < 7; i++) {
            put(table, item("h", s("a"), "r", n(i), "x", s("x".repeat(200_000))));
        }

        ScanResponse first = client.scan(request -> request.tableName(table));

        assertThat(first.count()).isEqualTo(6);
        assertThat(first.lastEvaluatedKey()).containsOnlyKeys("h", "r");
        assertThat(client.scanPaginator(request -> request.tableName(table)).items())
                .hasSize(7);
    }

    @Test
    void segmentsDivideATable() {
        String table = Items.leaseTable(client);
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            keys.add("lease-" + i);
            put(table, item("leaseKey", s("lease-" + i)));
        }
        List<String> found = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int segment = 0; segment < 3; segment++) {
            int number = segment;
            List<Map<String, AttributeValue>> items = client
                    .scanPaginator(request -> request.tableName(table)
                            .segment(number)
                            .totalSegments(3)
                            .limit(7))
                    .items()
                    .stream()
                    .toList();
            sizes.add(items.size());
            items.forEach(item -> found.add(requireNonNull(item.get("leaseKey")).s()));
        }
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(keys);
        assertThat(sizes).allMatch(size -> size > 0);
    }

    @Test
    void filtersCountWhatTheyLeaveOut() {
        String table = numbers();

        var page = client.scan(request -> request.tableName(table)
                .filterExpression("r > :zero AND attribute_not_exists(#x)")
                .projectionExpression("r")
                .expressionAttributeNames(Map.of("#x", "missing"))
                .expressionAttributeValues(item(":zero", n(0))));
        assertThat(page.count()).isEqualTo(3);
        assertThat(page.scannedCount()).isEqualTo(7);
        assertThat(page.items()).allSatisfy(item -> assertThat(item).containsOnlyKeys("r"));

        var count = client.scan(request -> request.tableName(table)
                .select(Select.COUNT)
                .scanFilter(Map.of(
                        "r",
                        Condition.builder()
                                .comparisonOperator(ComparisonOperator.LT)
                                .attributeValueList(n(0))
                                .build())));
        assertThat(count.count()).isEqualTo(3);
        assertThat(count.hasItems()).isFalse();
    }

    @Test
    void anIndexShowsItsKeysAndWhatItProjectsAndFollowsEveryWrite() {
        String table = Items.leaseTable(client);
        put(table, item("leaseKey", s("a"), "leaseOwner", s("w"), "x", n(1), "y", n(2)));
        put(table, item("leaseKey", s("b"), "x", n(1)));
        client.updateTable(request -> request.tableName(table)
                .attributeDefinitions(
                        attribute -> attribute.attributeName("leaseOwner").attributeType("S"),
                        attribute -> attribute.attributeName("leaseKey").attributeType("S"))
                .globalSecondaryIndexUpdates(update -> update.create(create -> create.indexName("owners")
                        .keySchema(
                                key -> key.attributeName("leaseOwner").keyType("HASH"),
                                key -> key.attributeName("leaseKey").keyType("RANGE"))
                        .projection(projection ->
                                projection.projectionType("INCLUDE").nonKeyAttributes("x")))));

        assertThat(owned(table, "w")).containsExactly(item("leaseKey", s("a"), "leaseOwner", s("w"), "x", n(1)));
        put(table, item("leaseKey", s("b"), "leaseOwner", s("w")));
        assertThat(owned(table, "w")).hasSize(2);
        put(table, item("leaseKey", s("a"), "leaseOwner", s("v")));
        assertThat(owned(table, "w"))
                .extracting(item -> requireNonNull(item.get("leaseKey")).s())
                .containsExactly("b");
        client.deleteItem(request -> request.tableName(table).key(item("leaseKey", s("b"))));
        assertThat(owned(table, "w")).isEmpty();
        assertThatThrownBy(() -> put(table, item("leaseKey", s("c"), "leaseOwner", n(1))))
                .extracting(Items::message)
                .isEqualTo("One or more parameter values were invalid: Type mismatch for Index Key leaseOwner "
                        + "Expected: S Actual: N IndexName: owners");
        assertThat(client.scan(request -> request.tableName(table).indexName("owners"))
                        .count())
                .isEqualTo(1);
        client.updateTable(request -> request.tableName(table)
                .globalSecondaryIndexUpdates(update -> update.delete(delete -> delete.indexName("owners"))));
        assertThatThrownBy(() -> owned(table, "w")).hasMessageContaining("does not have the specified index");
    }

    private List<Map<String, AttributeValue>> owned(String table, String owner) {
        return client.query(request -> request.tableName(table)
                        .indexName("owners")
                        .keyConditionExpression("leaseOwner = :leaseOwner")
                        .expressionAttributeValues(item(":leaseOwner", s(owner))))
                .items();
    }

    private String numbers() {
        String table = Items.rangeTable(client, ScalarAttributeType.N);
        LongStream.rangeClosed(-3, 3).forEach(i -> put(table, item("h", s("a"), "r", n(i))));
        return table;
    }

    private List<String> query(String table, String condition, boolean forward) {
        Map<String, AttributeValue> values = item(":h", s("a"), ":a", n(-2), ":b", n(1));
        values.keySet().removeIf(name -> !condition.contains(name));
        return client
                .query(request -> request.tableName(table)
                        .keyConditionExpression(condition)
                        .scanIndexForward(forward)
                        .expressionAttributeValues(values))
                .items()
                .stream()
                .map(item -> requireNonNull(item.get("r")).n())
                .toList();
    }

    private static List<String> numbers(String text) {
        return List.of(text.split(","));
    }

    private void put(String table, Map<String, AttributeValue> item) {
        client.putItem(request -> request.tableName(table).item(item));
    }
}
