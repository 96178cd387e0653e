package io.riacho.leasetables;

import static io.riacho.leasetables.Items.item;
import static io.riacho.leasetables.Items.n;
import static io.riacho.leasetables.Items.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Items one by one, and several at once. */
class ItemsTest {

    private final DynamoDbClient client = DynamoServer.shared().client();
    private final String table = Items.leaseTable(client);
    private final Map<String, AttributeValue> key = item("leaseKey", s("k"));

    @Test
    void aFailedConditionCarriesTheItemWhereItIsAskedFor() {
        put(item("leaseKey", s("k"), "leaseCounter", n(7)));

        var failed = catchThrowableOfType(
                ConditionalCheckFailedException.class,
                () -> client.updateItem(request -> request.tableName(table)
                        .key(key)
                        .attributeUpdates(Map.of("leaseCounter", put(n(2))))
                        .expected(Map.of(
                                "leaseCounter",
                                ExpectedAttributeValue.builder().value(n(1)).build()))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));

        assertThat(failed.awsErrorDetails().errorMessage()).isEqualTo("The conditional request failed");
        assertThat(failed.item()).containsEntry("leaseCounter", n(7));
    }

    @Test
    void returnedValuesAreTheOnesAskedFor() {
        put(item("leaseKey", s("k"), "a", n(1), "b", s("x")));

        assertThat(update(ReturnValue.ALL_OLD)).containsOnlyKeys("leaseKey", "a", "b");
        assertThat(update(ReturnValue.ALL_NEW)).containsEntry("a", n(3)).containsKey("b");
        assertThat(update(ReturnValue.UPDATED_OLD)).isEqualTo(item("a", n(3)));
        assertThat(update(ReturnValue.UPDATED_NEW)).isEqualTo(item("a", n(5)));
        assertThat(update(ReturnValue.NONE)).isEmpty();
        assertThat(client.putItem(request -> request.tableName(table).item(key).returnValues(ReturnValue.ALL_OLD))
                        .attributes())
                .containsEntry("a", n(6));
        assertThat(client.deleteItem(
                                request -> request.tableName(table).key(key).returnValues(ReturnValue.ALL_OLD))
                        .attributes())
                .isEqualTo(key);
    }

    @Test
    void aLegacyUpdatePutsAddsAndDeletes() {
        put(item("leaseKey", s("k"), "leaseOwner", s("w"), "checkpointOwner", s("v"), "leaseCounter", n(1)));

        Map<String, AttributeValue> evicted = client.updateItem(request -> request.tableName(table)
                        .key(key)
                        .attributeUpdates(Map.of(
                                "leaseOwner", action(AttributeAction.DELETE),
                                "checkpointOwner", action(AttributeAction.DELETE),
                                "leaseCounter", add(n(1)),
                                "seen", add(AttributeValue.fromSs(List.of("a")))))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes();

        assertThat(evicted)
                .isEqualTo(item("leaseKey", s("k"), "leaseCounter", n(2), "seen", AttributeValue.fromSs(List.of("a"))));
    }

    @Test
    void aLegacyUpdateThatOnlyDeletesMakesNoItem() {
        client.updateItem(request ->
                request.tableName(table).key(key).attributeUpdates(Map.of("a", action(AttributeAction.DELETE))));
        assertThat(get()).isEmpty();

        client.updateItem(request -> request.tableName(table).key(key).updateExpression("REMOVE a"));
        assertThat(get()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET leaseKey = :v|One or more parameter values were invalid: Cannot update attribute leaseKey. This attribute is part of the key",
                "SET a = absent + :v|The provided expression refers to an attribute that does not exist in the item",
                "SET a.b = :v|The document path provided in the update expression is invalid for update",
                "SET a = name + :v|Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: name",
                "SET a = txt + :v|An operand in the update expression has an incorrect data type",
                "SET a = :v SET b = :v|Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;",
                "SET a = :v, a.b = :v|Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]",
                "SET a = :w|Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :w",
                "REMOVE a|Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
                "ADD txt :v|An operand in the update expression has an incorrect data type"
            })
    void anUpdateThatCannotBeDoneIsRefusedInDynamoDbsWords(String expression, String message) {
        put(item("leaseKey", s("k"), "txt", s("text")));

        assertThatThrownBy(() -> client.updateItem(request -> request.tableName(table)
                        .key(key)
                        .updateExpression(expression)
                        .expressionAttributeValues(item(":v", n(1)))))
                .extracting(Items::message)
                .isEqualTo(message);
        assertThat(get()).isEqualTo(item("leaseKey", s("k"), "txt", s("text")));
    }

    @Test
    void expressionsAndWhatTheyReplacedAreNotMixed() {
        assertThatThrownBy(() -> client.updateItem(request -> request.tableName(table)
                        .key(key)
                        .attributeUpdates(Map.of("a", put(n(1))))
                        .conditionExpression("attribute_exists(leaseKey)")))
                .extracting(Items::message)
                .isEqualTo("Can not use both expression and non-expression parameters in the same request: "
                        + "Non-expression parameters: {AttributeUpdates} Expression parameters: {ConditionExpression}");
        assertThatThrownBy(() -> client.getItem(
                        request -> request.tableName(table).key(key).expressionAttributeNames(Map.of("#a", "a"))))
                .extracting(Items::message)
                .isEqualTo("ExpressionAttributeNames can only be specified when using expressions");
    }

    @Test
    void aKeyHasToBeTheTables() {
        assertThatThrownBy(() ->
                        client.getItem(request -> request.tableName(table).key(item("leaseKey", n(1)))))
                .extracting(Items::message)
                .isEqualTo("The provided key element does not match the schema");
        assertThatThrownBy(() -> put(item("other", s("k"))))
                .extracting(Items::message)
                .isEqualTo("One or more parameter values were invalid: Missing the key leaseKey in the item");
        assertThatThrownBy(() -> put(item("leaseKey", s(""))))
                .extracting(Items::message)
                .isEqualTo("One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
                        + "contain an empty string value. Key: leaseKey");
        assertThatThrownBy(() -> put(item("leaseKey", s("k".repeat(2049)))))
                .extracting(Items::message)
                .isEqualTo("One or more parameter values were invalid: Size of hashkey has exceeded the maximum size "
                        + "limit of 2048 bytes");
        put(item("leaseKey", s("k".repeat(2048))));
    }

    @Test
    void anItemHasAtMost400Kilobytes() {
        int left = 400 * 1024 - "leaseKey".length() - "k".length() - "a".length();
        put(item("leaseKey", s("k"), "a", s("x".repeat(left))));

        assertThatThrownBy(() -> put(item("leaseKey", s("k"), "a", s("x".repeat(left + 1)))))
                .extracting(Items::message)
                .isEqualTo("Item size has exceeded the maximum allowed size");
        assertThatThrownBy(() -> client.updateItem(request -> request.tableName(table)
                        .key(key)
                        .updateExpression("SET b = :b")
                        .expressionAttributeValues(item(":b", s("")))))
                .extracting(Items::message)
                .isEqualTo("Item size to update has exceeded the maximum allowed size");
    }

    @Test
    void consumedCapacityIsToldWhereItIsAskedFor() {
        put(item("leaseKey", s("k"), "a", s("x".repeat(5000))));

        assertThat(client.getItem(request -> request.tableName(table)
                                .key(key)
                                .consistentRead(true)
                                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(2);
        assertThat(client.deleteItem(request -> request.tableName(table)
                                .key(key)
                                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES))
                        .consumedCapacity()
                        .table()
                        .capacityUnits())
                .isEqualTo(5);
        assertThat(client.getItem(request -> request.tableName(table).key(key)).consumedCapacity())
                .isNull();
    }

    @Test
    void aTransactionIsDoneWholeOrNotAtAll() {
        put(item("leaseKey", s("there"), "a", n(1)));

        var cancelled = catchThrowableOfType(
                TransactionCanceledException.class,
                () -> client.transactWriteItems(transaction("absent-1", "attribute_exists(leaseKey)")));

        assertThat(cancelled.cancellationReasons())
                .extracting(reason -> reason.code())
                .containsExactly("None", "None", "None", "ConditionalCheckFailed");
        assertThat(cancelled.cancellationReasons().getLast().item()).containsEntry("a", n(1));
        assertThat(cancelled.awsErrorDetails().errorMessage())
                .isEqualTo("Transaction cancelled, please refer cancellation reasons for specific reasons [None, None, "
                        + "None, ConditionalCheckFailed]");
        assertThat(client.scan(request -> request.tableName(table)).items())
                .containsExactly(item("leaseKey", s("there"), "a", n(1)));

        client.transactWriteItems(transaction("absent-1", "attribute_not_exists(zzz)"));
        assertThat(client.scan(request -> request.tableName(table)).items())
                .containsExactlyInAnyOrder(
                        item("leaseKey", s("put")),
                        item("leaseKey", s("updated"), "b", n(1)),
                        item("leaseKey", s("there"), "a", n(1)));
    }

    @Test
    void aTransactionWithATokenIsDoneOnce() {
        TransactWriteItemsRequest add = adding(1).clientRequestToken("token-1").build();
        client.transactWriteItems(add);
        client.transactWriteItems(add);
        assertThat(get()).containsEntry("a", n(1));

        assertThatThrownBy(() -> client.transactWriteItems(
                        adding(2).clientRequestToken("token-1").build()))
                .isInstanceOf(IdempotentParameterMismatchException.class);
        assertThat(get()).containsEntry("a", n(1));
    }

    @Test
    void aTransactionThatWasCancelledMayComeAgainWithItsToken() {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .clientRequestToken("token-2")
                .transactItems(TransactWriteItem.builder()
                        .put(put -> put.tableName(table)
                                .item(item("leaseKey", s("new")))
                                .conditionExpression("attribute_not_exists(leaseKey)"))
                        .build())
                .build();
        put(item("leaseKey", s("new")));
        assertThatThrownBy(() -> client.transactWriteItems(request)).isInstanceOf(TransactionCanceledException.class);
        client.deleteItem(delete -> delete.tableName(table).key(item("leaseKey", s("new"))));

        client.transactWriteItems(request);

        assertThat(client.getItem(get -> get.tableName(table).key(item("leaseKey", s("new"))))
                        .hasItem())
                .isTrue();
    }

    @Test
    void anItemIsNotTwiceInATransaction() {
        assertThatThrownBy(() -> client.transactWriteItems(request -> request.transactItems(
                        TransactWriteItem.builder()
                                .put(put -> put.tableName(table).item(key))
                                .build(),
                        TransactWriteItem.builder()
                                .delete(delete -> delete.tableName(table).key(key))
                                .build())))
                .extracting(Items::message)
                .isEqualTo("Transaction request cannot include multiple operations on one item");
    }

    @Test
    void severalItemsAreReadAsTheyAreAtOneTime() {
        put(item("leaseKey", s("k"), "a", n(1), "b", n(2)));

        assertThat(client.transactGetItems(request -> request.transactItems(
                                item -> item.get(
                                        get -> get.tableName(table).key(key).projectionExpression("a")),
                                item -> item.get(get -> get.tableName(table).key(item("leaseKey", s("absent"))))))
                        .responses())
                .extracting(response -> response.item())
                .containsExactly(item("a", n(1)), Map.of());
    }

    private TransactWriteItemsRequest transaction(String absent, String condition) {
        return TransactWriteItemsRequest.builder()
                .transactItems(
                        TransactWriteItem.builder()
                                .put(put -> put.tableName(table).item(item("leaseKey", s("put"))))
                                .build(),
                        TransactWriteItem.builder()
                                .update(update -> update.tableName(table)
                                        .key(item("leaseKey", s("updated")))
                                        .updateExpression("SET b = :b")
                                        .expressionAttributeValues(item(":b", n(1))))
                                .build(),
                        TransactWriteItem.builder()
                                .delete(delete -> delete.tableName(table).key(item("leaseKey", s(absent))))
                                .build(),
                        TransactWriteItem.builder()
                                .conditionCheck(check -> check.tableName(table)
                                        .key(item("leaseKey", s("there")))
                                        .conditionExpression(
                                                condition.contains("zzz") ? condition : "NOT (" + condition + ")")
                                        .returnValuesOnConditionCheckFailure("ALL_OLD"))
                                .build())
                .build();
    }

    private TransactWriteItemsRequest.Builder adding(long number) {
        return TransactWriteItemsRequest.builder()
                .transactItems(TransactWriteItem.builder()
                        .update(update -> update.tableName(table)
                                .key(key)
                                .updateExpression("ADD a :n")
                                .expressionAttributeValues(item(":n", n(number))))
                        .build());
    }

    private Map<String, AttributeValue> update(ReturnValue returned) {
        return client.updateItem(UpdateItemRequest.builder()
                        .tableName(table)
                        .key(key)
                        .updateExpression("SET a = a + :one")
                        .expressionAttributeValues(item(":one", n(1)))
                        .returnValues(returned)
                        .build())
                .attributes();
    }

    private void put(Map<String, AttributeValue> item) {
        client.putItem(request -> request.tableName(table).item(item));
    }

    private Map<String, AttributeValue> get() {
        return client.getItem(request -> request.tableName(table).key(key)).item();
    }

    private static AttributeValueUpdate put(AttributeValue value) {
        return AttributeValueUpdate.builder().value(value).build();
    }

    private static AttributeValueUpdate add(AttributeValue value) {
        return put(value).toBuilder().action(AttributeAction.ADD).build();
    }

    private static AttributeValueUpdate action(AttributeAction action) {
        return AttributeValueUpdate.builder().action(action).build();
    }
}
