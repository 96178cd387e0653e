package io.riacho.leasetables.expression;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.value.Value;
import io.riacho.protocol.AwsException;
import java.util.ArrayList;
import java.util.List;

/**
 * One comparison of an attribute of a key.
 *
 * @param values one, or two bounds
 */
public record KeyCondition(String attribute, Operator operator, List<Value> values) {

    /** How keys may be compared. */
    public enum Operator {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        BETWEEN,
        BEGINS_WITH
    }

    public KeyCondition {
        values = List.copyOf(values);
    }

    /**
     * The comparisons that the condition joins by AND.
     *
     * @throws AwsException ValidationException where it is more than that
     */
    public static List<KeyCondition> partsOf(Condition condition) {
        List<KeyCondition> parts = new ArrayList<>();
        collect(condition, parts);
        return parts;
    }

    private static void collect(Condition condition, List<KeyCondition> parts) {
        switch (condition) {
            case Condition.And(Condition first, Condition second) -> {
                collect(first, parts);
                collect(second, parts);
            }
            case Condition.Comparison(var comparator, Path path, Operand.Literal(Value value)) ->
                parts.add(new KeyCondition(attribute(path), operator(comparator), List.of(value)));
            case Condition.Comparison(var comparator, Operand.Literal(Value value), Path path) ->
                parts.add(new KeyCondition(attribute(path), turned(operator(comparator)), List.of(value)));
            case Condition.Between(Path path, Operand.Literal(Value lower), Operand.Literal(Value upper)) ->
                parts.add(new KeyCondition(attribute(path), Operator.BETWEEN, List.of(lower, upper)));
            case Condition.BeginsWith(Path path, Operand.Literal(Value prefix)) ->
                parts.add(new KeyCondition(attribute(path), Operator.BEGINS_WITH, List.of(prefix)));
            case Condition.Or _ -> throw invalid("OR");
            case Condition.Not _ -> throw invalid("NOT");
            case Condition.In _ -> throw invalid("IN");
            case Condition.Exists _ -> throw invalid("attribute_exists");
            case Condition.IsType _ -> throw invalid("attribute_type");
            case Condition.Contains _ -> throw invalid("contains");
            default -> throw DynamoErrors.validation("Query key condition not supported");
        }
    }

    private static String attribute(Path path) {
        if (path.isNested()) {
            throw DynamoErrors.validation("Invalid KeyConditionExpression: KeyConditionExpressions cannot have "
                    + "conditions on nested attributes");
        }
        return path.attribute();
    }

    private static Operator operator(Condition.Comparator comparator) {
        return switch (comparator) {
            case EQUAL -> Operator.EQUAL;
            case NOT_EQUAL -> throw invalid("<>");
            case LESS -> Operator.LESS;
            case LESS_OR_EQUAL -> Operator.LESS_OR_EQUAL;
            case GREATER -> Operator.GREATER;
            case GREATER_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
        };
    }

    /** With its sides exchanged. */
    private static Operator turned(Operator operator) {
        return switch (operator) {
            case LESS -> Operator.GREATER;
            case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
            default -> operator;
        };
    }

    private static AwsException invalid(String operator) {
        return DynamoErrors.validation("Invalid operator used in KeyConditionExpression: " + operator);
    }
}
