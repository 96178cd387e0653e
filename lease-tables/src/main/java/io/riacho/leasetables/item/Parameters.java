package io.riacho.leasetables.item;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.expression.Condition;
import io.riacho.leasetables.expression.Expressions;
import io.riacho.leasetables.expression.LegacyConditions;
import io.riacho.leasetables.expression.LegacyUpdates;
import io.riacho.leasetables.expression.Path;
import io.riacho.leasetables.expression.Placeholders;
import io.riacho.leasetables.expression.Projection;
import io.riacho.leasetables.expression.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;

/**
 * The parameters of one request that say conditions, updates and projections: as expressions, or as what there was before
 * them, but not as both. Used by one thread: first it is told of each parameter, then it is asked.
 */
final class Parameters {

    private final Placeholders placeholders;
    private final boolean hasNames;
    private final boolean hasValues;
    private final List<String> expressions = new ArrayList<>();
    private final List<String> absentExpressions = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    /**
     * @param names null where the request has none
     * @param values null where the request has none
     */
    Parameters(@Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
        this.placeholders = new Placeholders(names, values);
        this.hasNames = names != null;
        this.hasValues = values != null;
    }

    /** @param text null where the request does not have it */
    Parameters expression(String parameter, @Nullable String text) {
        (text == null ? absentExpressions : expressions).add(parameter);
        return this;
    }

    /** A parameter that an expression takes the place of. */
    Parameters other(String parameter, boolean present) {
        if (present) {
            others.add(parameter);
        }
        return this;
    }

    /** @throws io.riacho.protocol.AwsException ValidationException where parameters of both kinds are given */
    Parameters check() {
        if (!expressions.isEmpty() && !others.isEmpty()) {
            throw DynamoErrors.validation(
                    "Can not use both expression and non-expression parameters in the same request: "
                            + "Non-expression parameters: {" + String.join(", ", others) + "} Expression parameters: {"
                            + String.join(", ", expressions) + "}");
        }
        if (expressions.isEmpty() && hasNames) {
            throw DynamoErrors.validation("ExpressionAttributeNames can only be specified when using expressions");
        }
        if (expressions.isEmpty() && hasValues) {
            throw DynamoErrors.validation("ExpressionAttributeValues can only be specified when using expressions: "
                    + String.join(" and ", absentExpressions) + (absentExpressions.size() > 1 ? " are" : " is")
                    + " null");
        }
        return this;
    }

    Condition condition(
            @Nullable String text, Map<String, ExpectedAttributeValue> expected, @Nullable String operator) {
        if (text != null) {
            return Expressions.condition("ConditionExpression", text, placeholders);
        }
        if (operator != null && expected.isEmpty()) {
            throw DynamoErrors.invalid("ConditionalOperator cannot be used without Filter or Expected");
        }
        return LegacyConditions.expected(expected, operator);
    }

    Condition filter(
            @Nullable String text,
            Map<String, software.amazon.awssdk.services.dynamodb.model.Condition> filter,
            @Nullable String operator) {
        if (text != null) {
            return Expressions.condition("FilterExpression", text, placeholders);
        }
        if (operator != null && filter.isEmpty()) {
            throw DynamoErrors.invalid("ConditionalOperator cannot be used without Filter or Expected");
        }
        return LegacyConditions.filter(filter, operator);
    }

    Condition keyCondition(
            @Nullable String text, Map<String, software.amazon.awssdk.services.dynamodb.model.Condition> conditions) {
        return text != null
                ? Expressions.condition("KeyConditionExpression", text, placeholders)
                : LegacyConditions.filter(conditions, null);
    }

    Update update(@Nullable String text, Map<String, AttributeValueUpdate> updates) {
        return text != null ? Expressions.update(text, placeholders) : LegacyUpdates.of(updates);
    }

    /** Null where the request asks for whole items. */
    @Nullable
    Projection projection(@Nullable String text, List<String> attributes) {
        if (text != null) {
            return Expressions.projection(text, placeholders);
        }
        if (attributes.isEmpty()) {
            return null;
        }
        if (attributes.stream().distinct().count() < attributes.size()) {
            throw DynamoErrors.invalid("Duplicate value in attribute name: " + String.join(", ", attributes));
        }
        return new Projection(attributes.stream().map(Path::of).toList());
    }

    /** @throws io.riacho.protocol.AwsException ValidationException where a name or a value was not used */
    void requireUsed() {
        placeholders.requireUsed();
    }
}
