package io.riacho.leasetables;

import static io.riacho.leasetables.Items.item;
import static io.riacho.leasetables.Items.n;
import static io.riacho.leasetables.Items.s;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Who may do what with which table, index, item and attribute. */
class AccessTest {

    private final DynamoServer server = DynamoServer.shared();
    private final DynamoDbClient root = server.client();
    private final String table = Items.leaseTable(root);
    private final String arn = DynamoServer.arn(table);

    @Test
    void anActionOnATableIsAllowedThereAlone() {
        String other = Items.leaseTable(root);
        DynamoDbClient user = user("dynamodb:GetItem", arn, "{}");

        assertAllowed(() -> get(user, table, "k"));
        assertDenied("dynamodb:GetItem on resource: " + DynamoServer.arn(other), () -> get(user, other, "k"));
        assertDenied("dynamodb:PutItem on resource: " + arn, () -> put(user, table, "k"));
        assertDenied("dynamodb:Scan", () -> user.scan(request -> request.tableName(table)));
        assertDenied("dynamodb:DescribeTable", () -> user.describeTable(request -> request.tableName(table)));
        assertDenied("dynamodb:ListTables", user::listTables);
    }

    @Test
    void aTableMayBeCalledByItsArnWhichIsTheSameToPolicies() {
        DynamoDbClient user = user("dynamodb:GetItem", arn, "{}");

        assertAllowed(() -> get(user, arn, "k"));
        assertDenied("dynamodb:PutItem on resource: " + arn, () -> put(user, arn, "k"));
        assertThatThrownBy(() -> get(user, arn.replace(DynamoServer.ACCOUNT, "999999999999"), "k"))
                .hasMessageContaining("not found");
    }

    @Test
    void whoMayNotAskIsNotToldWhetherATableIsThere() {
        DynamoDbClient user = user("dynamodb:GetItem", arn, "{}");

        assertDenied("dynamodb:DescribeTable", () -> user.describeTable(request -> request.tableName("not-there")));
    }

    @Test
    void anIndexIsAResourceOfItsOwn() {
        root.updateTable(request -> request.tableName(table)
                .attributeDefinitions(attribute -> attribute.attributeName("o").attributeType("S"))
                .globalSecondaryIndexUpdates(update -> update.create(create -> create.indexName("owners")
                        .keySchema(key -> key.attributeName("o").keyType("HASH"))
                        .projection(projection -> projection.projectionType("ALL")))));
        DynamoDbClient ofTable = user("dynamodb:Query", arn, "{}");
        DynamoDbClient ofIndex = user("dynamodb:Query", arn + "/index/owners", "{}");

        assertAllowed(() -> query(ofIndex, "owners", "o"));
        assertDenied("dynamodb:Query on resource: " + arn + "/index/owners", () -> query(ofTable, "owners", "o"));
        assertAllowed(() -> query(ofTable, null, "leaseKey"));
        assertDenied("dynamodb:Query on resource: " + arn, () -> query(ofIndex, null, "leaseKey"));
    }

    @Test
    void tagsOfTheTableDecide() {
        DynamoDbClient user = user("dynamodb:GetItem", "*", "{\"StringEquals\":{\"aws:ResourceTag/team\":\"blue\"}}");
        assertDenied("dynamodb:GetItem", () -> get(user, table, "k"));

        root.tagResource(
                request -> request.resourceArn(arn).tags(tag -> tag.key("team").value("blue")));
        assertAllowed(() -> get(user, table, "k"));

        root.untagResource(request -> request.resourceArn(arn).tagKeys("team"));
        assertDenied("dynamodb:GetItem", () -> get(user, table, "k"));
    }

    @Test
    void leadingKeysDecideForEveryOperationOnItems() {
        DynamoDbClient user =
                user("dynamodb:*", arn, "{\"ForAllValues:StringEquals\":{\"dynamodb:LeadingKeys\":[\"mine\"]}}");

        assertAllowed(() -> put(user, table, "mine"));
        assertAllowed(() -> get(user, table, "mine"));
        assertDenied("dynamodb:PutItem", () -> put(user, table, "yours"));
        assertDenied("dynamodb:GetItem", () -> get(user, table, "yours"));
        assertDenied("dynamodb:UpdateItem", () -> update(user, "yours", "a"));
        assertDenied(
                "dynamodb:DeleteItem",
                () -> user.deleteItem(request -> request.tableName(table).key(item("leaseKey", s("yours")))));
        assertAllowed(() -> user.query(request -> request.tableName(table)
                .keyConditionExpression("leaseKey = :k")
                .expressionAttributeValues(item(":k", s("mine")))));
        assertDenied(
                "dynamodb:Query",
                () -> user.query(request -> request.tableName(table)
                        .keyConditionExpression("leaseKey = :k")
                        .expressionAttributeValues(item(":k", s("yours")))));
    }

    @Test
    void attributesDecideHoweverTheyAreNamed() {
        DynamoDbClient user = user("dynamodb:*", arn, """
                        {"ForAllValues:StringEquals":{"dynamodb:Attributes":["leaseKey","a"]},
                         "StringEqualsIfExists":{"dynamodb:Select":"SPECIFIC_ATTRIBUTES",
                                                 "dynamodb:ReturnValues":["NONE","UPDATED_NEW"]}}""");

        assertAllowed(() -> update(user, "k", "a"));
        assertDenied("dynamodb:UpdateItem", () -> update(user, "k", "secret"));
        assertDenied("dynamodb:GetItem", () -> get(user, table, "k"));
        assertAllowed(() -> user.getItem(request ->
                request.tableName(table).key(item("leaseKey", s("k"))).projectionExpression("a")));
        assertDenied(
                "dynamodb:GetItem",
                () -> user.getItem(request -> request.tableName(table)
                        .key(item("leaseKey", s("k")))
                        .projectionExpression("a, #x")
                        .expressionAttributeNames(Map.of("#x", "secret"))));
        assertDenied(
                "dynamodb:Scan",
                () -> user.scan(request -> request.tableName(table)
                        .projectionExpression("a")
                        .filterExpression("secret = :v")
                        .expressionAttributeValues(item(":v", n(1)))));
        assertDenied(
                "dynamodb:UpdateItem",
                () -> user.updateItem(request ->
                        request.tableName(table).key(item("leaseKey", s("k"))).updateExpression("SET a = secret")));
    }

    @Test
    void aTransactionNeedsWhatItsPartsNeed() {
        DynamoDbClient user = user("dynamodb:PutItem", arn, "{}");
        TransactWriteItem put = TransactWriteItem.builder()
                .put(request -> request.tableName(table).item(item("leaseKey", s("a"))))
                .build();
        TransactWriteItem check = TransactWriteItem.builder()
                .conditionCheck(request -> request.tableName(table)
                        .key(item("leaseKey", s("b")))
                        .conditionExpression("attribute_not_exists(leaseKey)"))
                .build();

        assertAllowed(() -> user.transactWriteItems(request -> request.transactItems(put)));
        assertDenied(
                "dynamodb:ConditionCheckItem",
                () -> user.transactWriteItems(request -> request.transactItems(put, check)));
        assertDenied(
                "dynamodb:GetItem",
                () -> user.transactGetItems(request -> request.transactItems(item ->
                        item.get(get -> get.tableName(table).key(item("leaseKey", s("a")))))));
        assertThatThrownBy(() -> user.transactWriteItems(request ->
                        request.transactItems(TransactWriteItem.builder().build())))
                .hasMessageContaining("can only contain one of Check, Put, Update or Delete");
    }

    @Test
    void aTableWithTagsIsMadeByWhoMayTagIt() {
        String name = DynamoServer.newTable();
        DynamoDbClient user = user("dynamodb:CreateTable", "*", "{}");

        assertDenied(
                "dynamodb:TagResource",
                () -> user.createTable(request -> request.tableName(name)
                        .billingMode("PAY_PER_REQUEST")
                        .tags(tag -> tag.key("team").value("blue"))
                        .keySchema(key -> key.attributeName("k").keyType("HASH"))
                        .attributeDefinitions(
                                attribute -> attribute.attributeName("k").attributeType("S"))));
    }

    private void query(DynamoDbClient client, @Nullable String index, String key) {
        client.query(request -> request.tableName(table)
                .indexName(index)
                .keyConditionExpression(key + " = :k")
                .expressionAttributeValues(item(":k", s("v"))));
    }

    private void update(DynamoDbClient client, String key, String attribute) {
        client.updateItem(request -> request.tableName(table)
                .key(item("leaseKey", s(key)))
                .updateExpression("SET #x = :v")
                .expressionAttributeNames(Map.of("#x", attribute))
                .expressionAttributeValues(item(":v", n(1))));
    }

    private static void get(DynamoDbClient client, String name, String key) {
        client.getItem(request -> request.tableName(name).key(item("leaseKey", s(key))));
    }

    private static void put(DynamoDbClient client, String name, String key) {
        client.putItem(request -> request.tableName(name).item(item("leaseKey", s(key))));
    }

    private DynamoDbClient user(String action, String resource, String condition) {
        return server.client(server.users().with("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"%s","Resource":"%s","Condition":%s}]}""".formatted(action, resource, condition)));
    }

    private static void assertAllowed(ThrowingCallable call) {
        assertThatCode(call).doesNotThrowAnyException();
    }

    private static void assertDenied(String what, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining("is not authorized to perform: ")
                .hasMessageContaining(what);
    }
}
