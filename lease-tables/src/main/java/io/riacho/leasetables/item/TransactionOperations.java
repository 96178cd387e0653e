package io.riacho.leasetables.item;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.expression.Condition;
import io.riacho.leasetables.expression.Projection;
import io.riacho.leasetables.table.TableNames;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import io.riacho.protocol.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Operations on several items, all or none. */
public final class TransactionOperations {

    private static final long LARGEST = 4L * 1024 * 1024;

    private final TableNames names;
    private final ItemReader reader;
    private final ItemWriter writer;
    private final TransactionTokens tokens;

    public TransactionOperations(TableNames names, ItemReader reader, ItemWriter writer, TransactionTokens tokens) {
        this.names = names;
        this.reader = reader;
        this.writer = writer;
        this.tokens = tokens;
    }

    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request, RequestContext context) {
        List<Change> changes =
                request.transactItems().stream().map(this::change).toList();
        String token = request.clientRequestToken();
        ItemWriter.Outcome outcome = writer.write(
                changes, () -> token == null || tokens.isFirst(context.accountId(), token, request.transactItems()));
        Map<String, Double> units = new LinkedHashMap<>();
        switch (outcome) {
            case ItemWriter.Refused(var refusals) ->
                throw DynamoErrors.transactionCanceled(
                        refusals.stream().map(TransactionOperations::reason).toList());
            case ItemWriter.Done(var changed) ->
                changed.forEach(one ->
                        units.merge(one.table().name(), 2 * Capacity.ofWrite(one.before(), one.after()), Double::sum));
            case ItemWriter.DoneBefore() ->
                changes.forEach(change -> units.merge(change.table(), 2 * Capacity.ofRead(0, true), Double::sum));
        }
        return TransactWriteItemsResponse.builder()
                .consumedCapacity(capacities(request.returnConsumedCapacityAsString(), units))
                .build();
    }

    public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
        List<ItemReader.Wanted> wanted = new ArrayList<>();
        List<@Nullable Projection> projections = new ArrayList<>();
        for (TransactGetItem item : request.transactItems()) {
            Get get = item.get();
            Parameters parameters = new Parameters(
                            get.hasExpressionAttributeNames() ? get.expressionAttributeNames() : null, null)
                    .expression("ProjectionExpression", get.projectionExpression())
                    .check();
            projections.add(parameters.projection(get.projectionExpression(), List.of()));
            parameters.requireUsed();
            wanted.add(new ItemReader.Wanted(names.named(get.tableName()), Values.of(get.key())));
        }
        List<Value.@Nullable Document> found = reader.getAll(wanted);
        List<ItemResponse> answers = new ArrayList<>();
        Map<String, Double> units = new LinkedHashMap<>();
        long bytes = 0;
        for (int i = 0; i < found.size(); i++) {
            Value.Document item = found.get(i);
            int size = item == null ? 0 : Values.size(item);
            bytes += size;
            units.merge(wanted.get(i).table(), 2 * Capacity.ofRead(size, true), Double::sum);
            answers.add(answer(item, projections.get(i)));
        }
        if (bytes > LARGEST) {
            throw DynamoErrors.validation("Collection size of items in the transaction exceeded the limit of 4 MB");
        }
        return TransactGetItemsResponse.builder()
                .responses(answers)
                .consumedCapacity(capacities(request.returnConsumedCapacityAsString(), units))
                .build();
    }

    private static ItemResponse answer(Value.@Nullable Document item, @Nullable Projection projection) {
        if (item == null) {
            return ItemResponse.builder().build();
        }
        return ItemResponse.builder()
                .item(Values.toWire(projection == null ? item : projection.of(item)))
                .build();
    }

    private Change change(TransactWriteItem item) {
        long given = Stream.of(item.put(), item.update(), item.delete(), item.conditionCheck())
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw DynamoErrors.validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        if (item.put() != null) {
            return put(item.put());
        }
        if (item.update() != null) {
            return update(item.update());
        }
        return item.delete() != null ? delete(item.delete()) : check(item.conditionCheck());
    }

    private Change put(Put put) {
        Parameters parameters = parameters(
                put.hasExpressionAttributeNames() ? put.expressionAttributeNames() : null,
                put.hasExpressionAttributeValues() ? put.expressionAttributeValues() : null,
                put.conditionExpression());
        return new Change.Put(
                names.named(put.tableName()),
                Values.of(put.item()),
                condition(parameters, put.conditionExpression()),
                tellsItem(put.returnValuesOnConditionCheckFailureAsString()));
    }

    private Change update(Update update) {
        Parameters parameters = new Parameters(
                        update.hasExpressionAttributeNames() ? update.expressionAttributeNames() : null,
                        update.hasExpressionAttributeValues() ? update.expressionAttributeValues() : null)
                .expression("UpdateExpression", update.updateExpression())
                .expression("ConditionExpression", update.conditionExpression())
                .check();
        var changes = parameters.update(update.updateExpression(), Map.of());
        return new Change.Modify(
                names.named(update.tableName()),
                Values.of(update.key()),
                changes,
                condition(parameters, update.conditionExpression()),
                tellsItem(update.returnValuesOnConditionCheckFailureAsString()));
    }

    private Change delete(Delete delete) {
        Parameters parameters = parameters(
                delete.hasExpressionAttributeNames() ? delete.expressionAttributeNames() : null,
                delete.hasExpressionAttributeValues() ? delete.expressionAttributeValues() : null,
                delete.conditionExpression());
        return new Change.Delete(
                names.named(delete.tableName()),
                Values.of(delete.key()),
                condition(parameters, delete.conditionExpression()),
                tellsItem(delete.returnValuesOnConditionCheckFailureAsString()));
    }

    private Change check(ConditionCheck check) {
        Parameters parameters = parameters(
                check.hasExpressionAttributeNames() ? check.expressionAttributeNames() : null,
                check.hasExpressionAttributeValues() ? check.expressionAttributeValues() : null,
                check.conditionExpression());
        return new Change.Check(
                names.named(check.tableName()),
                Values.of(check.key()),
                condition(parameters, check.conditionExpression()),
                tellsItem(check.returnValuesOnConditionCheckFailureAsString()));
    }

    private static Parameters parameters(
            @Nullable Map<String, String> attributeNames,
            @Nullable Map<String, AttributeValue> attributeValues,
            @Nullable String condition) {
        return new Parameters(attributeNames, attributeValues)
                .expression("ConditionExpression", condition)
                .check();
    }

    private static Condition condition(Parameters parameters, @Nullable String expression) {
        Condition condition = parameters.condition(expression, Map.of(), null);
        parameters.requireUsed();
        return condition;
    }

    private static boolean tellsItem(@Nullable String asked) {
        return "ALL_OLD".equals(asked);
    }

    private static CancellationReason reason(ItemWriter.@Nullable Refusal refusal) {
        CancellationReason.Builder reason = CancellationReason.builder();
        if (refusal == null) {
            return reason.code("None").build();
        }
        if (refusal.problem() != null) {
            return reason.code("ValidationError")
                    .message(refusal.problem().getMessage())
                    .build();
        }
        if (refusal.item() != null) {
            reason.item(Values.toWire(refusal.item()));
        }
        return reason.code("ConditionalCheckFailed")
                .message("The conditional request failed")
                .build();
    }

    private static @Nullable List<ConsumedCapacity> capacities(@Nullable String asked, Map<String, Double> units) {
        List<ConsumedCapacity> capacities = new ArrayList<>();
        units.forEach((table, consumed) -> {
            ConsumedCapacity capacity = Capacity.answer(asked, table, null, consumed);
            if (capacity != null) {
                capacities.add(capacity);
            }
        });
        return capacities.isEmpty() ? null : capacities;
    }
}
