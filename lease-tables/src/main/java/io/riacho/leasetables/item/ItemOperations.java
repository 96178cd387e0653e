package io.riacho.leasetables.item;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.expression.Condition;
import io.riacho.leasetables.expression.Projection;
import io.riacho.leasetables.expression.Update;
import io.riacho.leasetables.table.TableNames;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Operations on one item. */
public final class ItemOperations {

    private static final String NONE = "NONE";
    private static final String ALL_OLD = "ALL_OLD";
    private static final String CONDITION = "ConditionExpression";
    private static final String EXPECTED = "Expected";
    private static final String OPERATOR = "ConditionalOperator";

    private final TableNames names;
    private final ItemReader reader;
    private final ItemWriter writer;

    public ItemOperations(TableNames names, ItemReader reader, ItemWriter writer) {
        this.names = names;
        this.reader = reader;
        this.writer = writer;
    }

    public GetItemResponse getItem(GetItemRequest request) {
        Parameters parameters = new Parameters(
                        request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null, null)
                .expression("ProjectionExpression", request.projectionExpression())
                .other("AttributesToGet", request.hasAttributesToGet())
                .check();
        Projection projection = parameters.projection(request.projectionExpression(), request.attributesToGet());
        parameters.requireUsed();
        String table = names.named(request.tableName());
        Value.Document item = reader.get(new ItemReader.Wanted(table, Values.of(request.key())));
        long bytes = item == null ? 0 : Values.size(item);
        GetItemResponse.Builder answer = GetItemResponse.builder()
                .consumedCapacity(Capacity.answer(
                        request.returnConsumedCapacityAsString(),
                        table,
                        null,
                        Capacity.ofRead(bytes, Boolean.TRUE.equals(request.consistentRead()))));
        if (item != null) {
            answer.item(Values.toWire(projection == null ? item : projection.of(item)));
        }
        return answer.build();
    }

    public PutItemResponse putItem(PutItemRequest request) {
        String returned = returned(request.returnValuesAsString(), NONE, ALL_OLD);
        Parameters parameters = new Parameters(
                        request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
                        request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null)
                .expression(CONDITION, request.conditionExpression())
                .other(EXPECTED, request.hasExpected())
                .other(OPERATOR, request.conditionalOperatorAsString() != null)
                .check();
        Condition condition = parameters.condition(
                request.conditionExpression(), request.expected(), request.conditionalOperatorAsString());
        parameters.requireUsed();
        String table = names.named(request.tableName());
        ItemWriter.Changed changed = writer.write(new Change.Put(
                table,
                Values.of(request.item()),
                condition,
                tellsItem(request.returnValuesOnConditionCheckFailureAsString())));
        return PutItemResponse.builder()
                .attributes(returned.equals(ALL_OLD) ? toWire(changed.before()) : null)
                .consumedCapacity(Capacity.answer(
                        request.returnConsumedCapacityAsString(),
                        table,
                        null,
                        Capacity.ofWrite(changed.before(), changed.after())))
                .build();
    }

    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        String returned = returned(request.returnValuesAsString(), NONE, ALL_OLD);
        Parameters parameters = new Parameters(
                        request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
                        request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null)
                .expression(CONDITION, request.conditionExpression())
                .other(EXPECTED, request.hasExpected())
                .other(OPERATOR, request.conditionalOperatorAsString() != null)
                .check();
        Condition condition = parameters.condition(
                request.conditionExpression(), request.expected(), request.conditionalOperatorAsString());
        parameters.requireUsed();
        String table = names.named(request.tableName());
        ItemWriter.Changed changed = writer.write(new Change.Delete(
                table,
                Values.of(request.key()),
                condition,
                tellsItem(request.returnValuesOnConditionCheckFailureAsString())));
        return DeleteItemResponse.builder()
                .attributes(returned.equals(ALL_OLD) ? toWire(changed.before()) : null)
                .consumedCapacity(Capacity.answer(
                        request.returnConsumedCapacityAsString(),
                        table,
                        null,
                        Capacity.ofWrite(changed.before(), null)))
                .build();
    }

    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        String returned =
                returned(request.returnValuesAsString(), NONE, ALL_OLD, "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW");
        Parameters parameters = new Parameters(
                        request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
                        request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null)
                .expression("UpdateExpression", request.updateExpression())
                .expression(CONDITION, request.conditionExpression())
                .other("AttributeUpdates", request.hasAttributeUpdates())
                .other(EXPECTED, request.hasExpected())
                .other(OPERATOR, request.conditionalOperatorAsString() != null)
                .check();
        Update update = parameters.update(request.updateExpression(), request.attributeUpdates());
        Condition condition = parameters.condition(
                request.conditionExpression(), request.expected(), request.conditionalOperatorAsString());
        parameters.requireUsed();
        String table = names.named(request.tableName());
        ItemWriter.Changed changed = writer.write(new Change.Modify(
                table,
                Values.of(request.key()),
                update,
                condition,
                tellsItem(request.returnValuesOnConditionCheckFailureAsString())));
        return UpdateItemResponse.builder()
                .attributes(
                        switch (returned) {
                            case ALL_OLD -> toWire(changed.before());
                            case "ALL_NEW" -> toWire(changed.after());
                            case "UPDATED_OLD" -> updated(update, changed.before());
                            case "UPDATED_NEW" -> updated(update, changed.after());
                            default -> null;
                        })
                .consumedCapacity(Capacity.answer(
                        request.returnConsumedCapacityAsString(),
                        table,
                        null,
                        Capacity.ofWrite(changed.before(), changed.after())))
                .build();
    }

    private static @Nullable Map<String, AttributeValue> toWire(Value.@Nullable Document item) {
        return item == null ? null : Values.toWire(item);
    }

    /** What of the item the update is about; null where that is nothing. */
    private static @Nullable Map<String, AttributeValue> updated(Update update, Value.@Nullable Document item) {
        if (item == null) {
            return null;
        }
        Projection paths = new Projection(
                update.actions().stream().map(Update.Action::path).toList());
        Value.Document part = paths.of(item);
        return part.values().isEmpty() ? null : Values.toWire(part);
    }

    /** @throws io.riacho.protocol.AwsException ValidationException where the operation cannot return that */
    private static String returned(@Nullable String asked, String... known) {
        String returned = asked == null ? NONE : asked;
        for (String one : known) {
            if (one.equals(returned)) {
                return returned;
            }
        }
        throw DynamoErrors.validation("ReturnValues can only be ALL_OLD or NONE");
    }

    private static boolean tellsItem(@Nullable String asked) {
        return ALL_OLD.equals(asked);
    }
}
