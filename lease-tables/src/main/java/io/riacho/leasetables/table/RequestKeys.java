package io.riacho.leasetables.table;

import io.riacho.leasetables.expression.AttributeNames;
import io.riacho.leasetables.expression.Condition;
import io.riacho.leasetables.expression.Expressions;
import io.riacho.leasetables.expression.KeyCondition;
import io.riacho.leasetables.expression.LegacyConditions;
import io.riacho.leasetables.expression.Placeholders;
import io.riacho.leasetables.value.Numbers;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The condition keys that a request on items has, as DynamoDB names them. */
final class RequestKeys {

    private RequestKeys() {}

    /**
     * @param enclosing the operation that the request is a part of; null where it stands alone
     * @param hashName the name of the hash key; null where there is no such table
     */
    static Map<String, List<String>> of(SdkPojo request, @Nullable String enclosing, @Nullable String hashName) {
        Map<String, List<String>> keys = new HashMap<>();
        if (enclosing != null) {
            keys.put("dynamodb:enclosingoperation", List.of(enclosing));
        }
        putText(keys, "dynamodb:returnconsumedcapacity", request, "ReturnConsumedCapacity");
        if (isAboutItems(request)) {
            keys.put("dynamodb:attributes", attributes(request));
            String leading = leadingKey(request, hashName);
            if (leading != null) {
                keys.put("dynamodb:leadingkeys", List.of(leading));
            }
            keys.put(
                    isRead(request) ? "dynamodb:select" : "dynamodb:returnvalues",
                    List.of(isRead(request) ? select(request) : textOr(request, "ReturnValues", "NONE")));
        }
        return keys;
    }

    private static boolean isAboutItems(SdkPojo request) {
        var fields = request.sdkFieldNameToField();
        return fields.containsKey("Key") || fields.containsKey("Item") || fields.containsKey("ExclusiveStartKey");
    }

    private static boolean isRead(SdkPojo request) {
        return request.sdkFieldNameToField().containsKey("ProjectionExpression");
    }

    /** What a read that does not say what it selects selects. */
    private static String select(SdkPojo request) {
        boolean some = value(request, "ProjectionExpression") != null || value(request, "AttributesToGet") != null;
        String otherwise = value(request, "IndexName") != null ? "ALL_PROJECTED_ATTRIBUTES" : "ALL_ATTRIBUTES";
        return textOr(request, "Select", some ? "SPECIFIC_ATTRIBUTES" : otherwise);
    }

    /** Every attribute that the request names, in any of its parameters. */
    private static List<String> attributes(SdkPojo request) {
        Set<String> names = new LinkedHashSet<>();
        for (String member :
                List.of("Key", "Item", "Expected", "AttributeUpdates", "KeyConditions", "QueryFilter", "ScanFilter")) {
            map(request, member).keySet().forEach(name -> names.add(name.toString()));
        }
        list(request, "AttributesToGet").forEach(name -> names.add(name.toString()));
        Placeholders placeholders = placeholders(request);
        for (String member : List.of("ConditionExpression", "FilterExpression", "KeyConditionExpression")) {
            if (value(request, member) instanceof String text) {
                names.addAll(AttributeNames.in(Expressions.condition(member, text, placeholders)));
            }
        }
        if (value(request, "UpdateExpression") instanceof String text) {
            names.addAll(AttributeNames.in(Expressions.update(text, placeholders)));
        }
        if (value(request, "ProjectionExpression") instanceof String text) {
            names.addAll(AttributeNames.in(Expressions.projection(text, placeholders)));
        }
        return List.copyOf(names);
    }

    /** The hash key's value as text; null where the request is not about one hash key. */
    private static @Nullable String leadingKey(SdkPojo request, @Nullable String hashName) {
        if (hashName == null) {
            return null;
        }
        for (String member : List.of("Key", "Item")) {
            if (map(request, member).get(hashName) instanceof AttributeValue value) {
                return text(Values.of(value));
            }
        }
        Condition condition = null;
        if (value(request, "KeyConditionExpression") instanceof String text) {
            condition = Expressions.condition("KeyConditionExpression", text, placeholders(request));
        } else if (request instanceof QueryRequest query && query.hasKeyConditions()) {
            condition = LegacyConditions.filter(query.keyConditions(), null);
        }
        if (condition == null) {
            return null;
        }
        return KeyCondition.partsOf(condition).stream()
                .filter(part -> part.attribute().equals(hashName) && part.operator() == KeyCondition.Operator.EQUAL)
                .map(part -> text(part.values().getFirst()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Decimal(var number) -> Numbers.text(number);
            case Value.Binary(var bytes) -> Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
            default -> null;
        };
    }

    @SuppressWarnings("unchecked")
    private static Placeholders placeholders(SdkPojo request) {
        return new Placeholders(
                (Map<String, String>) value(request, "ExpressionAttributeNames"),
                (Map<String, AttributeValue>) value(request, "ExpressionAttributeValues"));
    }

    private static Map<?, ?> map(SdkPojo request, String member) {
        return value(request, member) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String textOr(SdkPojo request, String member, String otherwise) {
        return value(request, member) instanceof String text ? text : otherwise;
    }

    /** The member's value; null where it has none. */
    static @Nullable Object value(SdkPojo request, String member) {
        SdkField<?> field = request.sdkFieldNameToField().get(member);
        Object value = field == null ? null : field.getValueOrDefault(request);
        return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap ? null : value;
    }

    static List<?> list(SdkPojo request, String member) {
        return value(request, member) instanceof List<?> list ? list : List.of();
    }

    private static void putText(Map<String, List<String>> keys, String key, SdkPojo request, String member) {
        if (value(request, member) instanceof String text) {
            keys.put(key, List.of(text));
        }
    }
}
