package io.riacho.leasetables.item;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.expression.AttributeNames;
import io.riacho.leasetables.expression.Condition;
import io.riacho.leasetables.expression.Projection;
import io.riacho.leasetables.table.ItemKey;
import io.riacho.leasetables.table.KeySchema;
import io.riacho.leasetables.table.Table;
import io.riacho.leasetables.table.TableNames;
import io.riacho.leasetables.value.KeyBytes;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import io.riacho.protocol.AwsException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Operations that read many items, a page at a time. */
public final class PageOperations {

    private final TableNames names;
    private final ItemReader reader;

    public PageOperations(TableNames names, ItemReader reader) {
        this.names = names;
        this.reader = reader;
    }

    public QueryResponse query(QueryRequest request) {
        Parameters parameters = new Parameters(
                        request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
                        request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null)
                .expression("KeyConditionExpression", request.keyConditionExpression())
                .expression("FilterExpression", request.filterExpression())
                .expression("ProjectionExpression", request.projectionExpression())
                .other("KeyConditions", request.hasKeyConditions())
                .other("QueryFilter", request.hasQueryFilter())
                .other("AttributesToGet", request.hasAttributesToGet())
                .other("ConditionalOperator", request.conditionalOperatorAsString() != null)
                .check();
        if (request.keyConditionExpression() == null && !request.hasKeyConditions()) {
            throw DynamoErrors.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        Condition keyCondition = parameters.keyCondition(request.keyConditionExpression(), request.keyConditions());
        Condition filter = parameters.filter(
                request.filterExpression(), request.queryFilter(), request.conditionalOperatorAsString());
        Projection projection = parameters.projection(request.projectionExpression(), request.attributesToGet());
        parameters.requireUsed();

        Table table = reader.table(names.named(request.tableName()));
        Table.Index index = request.indexName() == null ? null : table.index(request.indexName());
        KeySchema key = index == null ? table.key() : index.key();
        requireNoKeys(filter, key);
        boolean consistent = consistent(request.consistentRead(), index);
        Selected selected = Selected.of(request.selectAsString(), projection, table, index, filter);
        PageStore.Of range = KeyConditions.range(
                keyCondition,
                key,
                !Boolean.FALSE.equals(request.scanIndexForward()),
                request.hasExclusiveStartKey() ? position(table, index, request.exclusiveStartKey()) : null,
                limit(request.limit()));
        requireWithin(range, index);
        PageStore.Page page = reader.page(table, index, range, selected);
        return QueryResponse.builder()
                .items(selected.countsOnly() ? null : items(page))
                .count(page.count())
                .scannedCount(page.scanned())
                .lastEvaluatedKey(lastKey(table, index, page))
                .consumedCapacity(Capacity.answer(
                        request.returnConsumedCapacityAsString(),
                        table.name(),
                        request.indexName(),
                        Capacity.ofRead(page.bytes(), consistent)))
                .build();
    }

    public ScanResponse scan(ScanRequest request) {
        Parameters parameters = new Parameters(
                        request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
                        request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null)
                .expression("FilterExpression", request.filterExpression())
                .expression("ProjectionExpression", request.projectionExpression())
                .other("ScanFilter", request.hasScanFilter())
                .other("AttributesToGet", request.hasAttributesToGet())
                .other("ConditionalOperator", request.conditionalOperatorAsString() != null)
                .check();
        Condition filter = parameters.filter(
                request.filterExpression(), request.scanFilter(), request.conditionalOperatorAsString());
        Projection projection = parameters.projection(request.projectionExpression(), request.attributesToGet());
        parameters.requireUsed();

        Table table = reader.table(names.named(request.tableName()));
        Table.Index index = request.indexName() == null ? null : table.index(request.indexName());
        boolean consistent = consistent(request.consistentRead(), index);
        Selected selected = Selected.of(request.selectAsString(), projection, table, index, filter);
        PageStore.Position after =
                request.hasExclusiveStartKey() ? position(table, index, request.exclusiveStartKey()) : null;
        PageStore.Page page = reader.page(table, index, all(request, after), selected);
        return ScanResponse.builder()
                .items(selected.countsOnly() ? null : items(page))
                .count(page.count())
                .scannedCount(page.scanned())
                .lastEvaluatedKey(lastKey(table, index, page))
                .consumedCapacity(Capacity.answer(
                        request.returnConsumedCapacityAsString(),
                        table.name(),
                        request.indexName(),
                        Capacity.ofRead(page.bytes(), consistent)))
                .build();
    }

    private static PageStore.All all(ScanRequest request, PageStore.@Nullable Position after) {
        Integer segment = request.segment();
        Integer segments = request.totalSegments();
        if (segment == null && segments == null) {
            return new PageStore.All(0, 1, after, limit(request.limit()));
        }
        if (segments == null) {
            throw DynamoErrors.validation(
                    "The TotalSegments parameter is required but was not present in the request when Segment parameter "
                            + "is present");
        }
        if (segment == null) {
            throw DynamoErrors.validation("The Segment parameter is required but was not present in the request when "
                    + "parameter TotalSegments is present");
        }
        if (segment >= segments) {
            throw DynamoErrors.validation("The Segment parameter is zero-based and must be less than parameter "
                    + "TotalSegments: Segment: " + segment + " is not less than TotalSegments: " + segments);
        }
        return new PageStore.All(segment, segments, after, limit(request.limit()));
    }

    private static int limit(@Nullable Integer limit) {
        return limit == null ? Integer.MAX_VALUE : limit;
    }

    private static boolean consistent(@Nullable Boolean asked, Table.@Nullable Index index) {
        boolean consistent = Boolean.TRUE.equals(asked);
        if (consistent && index != null) {
            throw DynamoErrors.validation("Consistent reads are not supported on global secondary indexes");
        }
        return consistent;
    }

    /** Keys of a query are conditions, not filters. */
    private static void requireNoKeys(Condition filter, KeySchema key) {
        Set<String> named = new HashSet<>(AttributeNames.in(filter));
        for (KeySchema.Attribute attribute : key.attributes()) {
            if (named.contains(attribute.name())) {
                throw DynamoErrors.validation("Filter Expression can only contain non-primary key attributes: "
                        + "Primary key attribute: " + attribute.name());
            }
        }
    }

    private static List<Map<String, AttributeValue>> items(PageStore.Page page) {
        return page.items().stream().map(Values::toWire).toList();
    }

    private static @Nullable Map<String, AttributeValue> lastKey(
            Table table, Table.@Nullable Index index, PageStore.Page page) {
        Value.Document last = page.last();
        if (last == null) {
            return null;
        }
        Value.Document key = table.key().keyOf(last);
        if (index != null) {
            for (var entry : index.key().keyOf(last).values().entrySet()) {
                key = key.with(entry.getKey(), entry.getValue());
            }
        }
        return Values.toWire(key);
    }

    private static PageStore.Position position(
            Table table, Table.@Nullable Index index, Map<String, AttributeValue> wire) {
        Value.Document key;
        try {
            key = Values.of(wire);
        } catch (AwsException e) {
            throw invalidStart(": " + e.getMessage());
        }
        Set<String> expected = new HashSet<>();
        table.key().attributes().forEach(attribute -> expected.add(attribute.name()));
        if (index != null) {
            index.key().attributes().forEach(attribute -> expected.add(attribute.name()));
        }
        if (!key.values().keySet().equals(expected)) {
            throw invalidStart("");
        }
        ItemKey item = table.key().ofKey(table.key().keyOf(key));
        return new PageStore.Position(
                item, index == null ? null : index.key().ofKey(index.key().keyOf(key)));
    }

    /** A page goes on within what the query asks for. */
    private static void requireWithin(PageStore.Of range, Table.@Nullable Index index) {
        PageStore.Position after = range.after();
        if (after == null) {
            return;
        }
        ItemKey at = index == null ? after.item() : after.inIndex();
        if (at == null || !Arrays.equals(at.partition(), range.partition())) {
            throw invalidStart("");
        }
        boolean below = Arrays.compareUnsigned(at.range(), range.from()) < 0;
        boolean above = range.to() != null && Arrays.compareUnsigned(at.range(), range.to()) > 0;
        if (!Arrays.equals(range.from(), KeyBytes.none()) && below || above) {
            throw DynamoErrors.validation("The provided starting key does not match the range key predicate");
        }
    }

    private static AwsException invalidStart(String why) {
        return DynamoErrors.validation("The provided starting key is invalid" + why);
    }
}
