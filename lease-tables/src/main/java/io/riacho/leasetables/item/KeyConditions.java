package io.riacho.leasetables.item;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.expression.Condition;
import io.riacho.leasetables.expression.KeyCondition;
import io.riacho.leasetables.table.KeySchema;
import io.riacho.leasetables.value.KeyBytes;
import io.riacho.leasetables.value.Type;
import io.riacho.leasetables.value.Value;
import io.riacho.protocol.AwsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a query asks for: one hash key, and perhaps a range of range keys. */
final class KeyConditions {

    private KeyConditions() {}

    /**
     * The items that the condition is about.
     *
     * @throws io.riacho.protocol.AwsException ValidationException where it is no condition on these keys
     */
    static PageStore.Of range(
            Condition condition, KeySchema key, boolean forward, PageStore.@Nullable Position after, int limit) {
        List<KeyCondition> parts = KeyCondition.partsOf(condition);
        KeyCondition hash = null;
        KeyCondition range = null;
        for (KeyCondition part : parts) {
            if (part.attribute().equals(key.hash().name())) {
                requireFirst(hash);
                hash = part;
            } else if (key.range() != null
                    && part.attribute().equals(key.range().name())) {
                requireFirst(range);
                range = part;
            } else {
                throw missing(hash == null ? key.hash().name() : part.attribute());
            }
        }
        if (hash == null) {
            throw missing(key.hash().name());
        }
        if (hash.operator() != KeyCondition.Operator.EQUAL) {
            throw DynamoErrors.validation("Query key condition not supported");
        }
        byte[] partition = KeyBytes.partition(bytes(key.hash(), hash.values().getFirst()));
        if (range == null || key.range() == null) {
            return new PageStore.Of(partition, KeyBytes.none(), true, null, false, forward, after, limit);
        }
        List<byte[]> bounds = new ArrayList<>();
        for (Value value : range.values()) {
            bounds.add(bytes(key.range(), value));
        }
        return between(range.operator(), bounds, partition, key.range(), forward, after, limit);
    }

    private static PageStore.Of between(
            KeyCondition.Operator operator,
            List<byte[]> bounds,
            byte[] partition,
            KeySchema.Attribute key,
            boolean forward,
            PageStore.@Nullable Position after,
            int limit) {
        byte[] first = bounds.getFirst();
        byte[] last = bounds.getLast();
        byte[] none = KeyBytes.none();
        return switch (operator) {
            case EQUAL -> new PageStore.Of(partition, first, true, first, true, forward, after, limit);
            case LESS -> new PageStore.Of(partition, none, true, first, false, forward, after, limit);
            case LESS_OR_EQUAL -> new PageStore.Of(partition, none, true, first, true, forward, after, limit);
            case GREATER -> new PageStore.Of(partition, first, false, null, false, forward, after, limit);
            case GREATER_OR_EQUAL -> new PageStore.Of(partition, first, true, null, false, forward, after, limit);
            case BETWEEN -> new PageStore.Of(partition, first, true, last, true, forward, after, limit);
            case BEGINS_WITH -> {
                if (key.type() == Type.N) {
                    throw DynamoErrors.validation("Query key condition not supported");
                }
                yield new PageStore.Of(partition, first, true, KeyBytes.behind(first), false, forward, after, limit);
            }
        };
    }

    private static byte[] bytes(KeySchema.Attribute attribute, Value value) {
        if (value.type() != attribute.type()) {
            throw DynamoErrors.invalid("Condition parameter type does not match schema type");
        }
        byte[] bytes = KeyBytes.ordered(value);
        if (bytes.length == 0) {
            throw DynamoErrors.emptyKey(attribute.name(), attribute.type() == Type.S ? "string" : "binary");
        }
        return bytes;
    }

    private static void requireFirst(@Nullable KeyCondition part) {
        if (part != null) {
            throw DynamoErrors.validation("Invalid KeyConditionExpression: KeyConditionExpressions must only contain "
                    + "one condition per key");
        }
    }

    private static AwsException missing(String name) {
        return DynamoErrors.validation("Query condition missed key schema element: " + name);
    }
}
