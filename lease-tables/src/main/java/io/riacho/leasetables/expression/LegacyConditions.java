package io.riacho.leasetables.expression;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.value.Type;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;

/**
 * The parameters that conditions had before there were expressions: {@code Expected}, {@code ScanFilter},
 * {@code QueryFilter}, {@code KeyConditions}.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html">legacy
 *     conditional parameters</a>
 */
public final class LegacyConditions {

    private LegacyConditions() {}

    /**
     * @param operator {@code AND} or {@code OR}; null for {@code AND}
     * @throws io.riacho.protocol.AwsException ValidationException where a condition is malformed
     */
    public static Condition expected(Map<String, ExpectedAttributeValue> expected, @Nullable String operator) {
        List<Condition> conditions = new ArrayList<>();
        expected.forEach((name, condition) -> conditions.add(expected(name, condition)));
        return joined(conditions, operator);
    }

    public static Condition filter(
            Map<String, software.amazon.awssdk.services.dynamodb.model.Condition> filter, @Nullable String operator) {
        List<Condition> conditions = new ArrayList<>();
        filter.forEach((name, condition) -> conditions.add(
                compared(name, condition.comparisonOperatorAsString(), Values.all(condition.attributeValueList()))));
        return joined(conditions, operator);
    }

    private static Condition joined(List<Condition> conditions, @Nullable String operator) {
        boolean or = "OR".equals(operator);
        return conditions.stream()
                .reduce((first, second) -> or ? new Condition.Or(first, second) : new Condition.And(first, second))
                .orElseGet(Condition.Always::new);
    }

    private static Condition expected(String name, ExpectedAttributeValue expected) {
        if (expected.comparisonOperatorAsString() != null) {
            if (expected.exists() != null) {
                throw DynamoErrors.invalid(
                        "Exists and ComparisonOperator cannot be used together for Attribute: " + name);
            }
            if (expected.value() != null && expected.hasAttributeValueList()) {
                throw DynamoErrors.invalid(
                        "Value and AttributeValueList cannot be used together for Attribute: " + name);
            }
            List<AttributeValue> values =
                    expected.value() != null ? List.of(expected.value()) : expected.attributeValueList();
            return compared(name, expected.comparisonOperatorAsString(), Values.all(values));
        }
        if (expected.hasAttributeValueList()) {
            throw DynamoErrors.invalid(
                    "AttributeValueList can only be used with a ComparisonOperator for Attribute: " + name);
        }
        boolean exists = expected.exists() == null || expected.exists();
        if (exists && expected.value() == null) {
            throw DynamoErrors.invalid(
                    "Value must be provided when Exists is " + expected.exists() + " for Attribute: " + name);
        }
        if (!exists && expected.value() != null) {
            throw DynamoErrors.invalid("Value cannot be used when Exists is false for Attribute: " + name);
        }
        Path path = Path.of(name);
        return exists
                ? new Condition.Comparison(
                        Condition.Comparator.EQUAL, path, new Operand.Literal(Values.of(expected.value())))
                : new Condition.Not(new Condition.Exists(path));
    }

    private static Condition compared(String name, String operator, List<Value> values) {
        int count = values.size();
        boolean fits = switch (operator) {
            case "NULL", "NOT_NULL" -> count == 0;
            case "BETWEEN" -> count == 2;
            case "IN" -> count > 0;
            default -> count == 1;
        };
        if (!fits) {
            throw DynamoErrors.invalid("Invalid number of argument(s) for the " + operator + " ComparisonOperator");
        }
        Path path = Path.of(name);
        List<Operand> operands =
                values.stream().<Operand>map(Operand.Literal::new).toList();
        return switch (operator) {
            case "NULL" -> new Condition.Not(new Condition.Exists(path));
            case "NOT_NULL" -> new Condition.Exists(path);
            case "EQ" -> new Condition.Comparison(Condition.Comparator.EQUAL, path, operands.getFirst());
            case "NE" -> new Condition.Comparison(Condition.Comparator.NOT_EQUAL, path, operands.getFirst());
            case "IN" -> new Condition.In(path, operands);
            case "CONTAINS" -> new Condition.Contains(path, operands.getFirst());
            case "NOT_CONTAINS" -> new Condition.Not(new Condition.Contains(path, operands.getFirst()));
            default -> ordered(path, operator, values, operands);
        };
    }

    private static Condition ordered(Path path, String operator, List<Value> values, List<Operand> operands) {
        for (Value value : values) {
            boolean fits = operator.equals("BEGINS_WITH")
                    ? value.type() == Type.S || value.type() == Type.B
                    : value.type().isOrdered();
            if (!fits) {
                throw DynamoErrors.invalid("ComparisonOperator " + operator + " is not valid for "
                        + value.type().name() + " AttributeValue type");
            }
        }
        Operand first = operands.getFirst();
        return switch (operator) {
            case "LT" -> new Condition.Comparison(Condition.Comparator.LESS, path, first);
            case "LE" -> new Condition.Comparison(Condition.Comparator.LESS_OR_EQUAL, path, first);
            case "GT" -> new Condition.Comparison(Condition.Comparator.GREATER, path, first);
            case "GE" -> new Condition.Comparison(Condition.Comparator.GREATER_OR_EQUAL, path, first);
            case "BEGINS_WITH" -> new Condition.BeginsWith(path, first);
            case "BETWEEN" -> new Condition.Between(path, first, operands.getLast());
            default -> throw DynamoErrors.notSupported("ComparisonOperator " + operator);
        };
    }
}
