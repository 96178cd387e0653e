package io.riacho.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A condition operator without what may stand before and after it. See IAM's page "Condition operators". */
enum ConditionOperator {
    STRING_EQUALS("StringEquals", Pattern.Style.EXACT),
    STRING_NOT_EQUALS("StringNotEquals", Pattern.Style.EXACT),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Pattern.Style.EXACT_IGNORING_CASE),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Pattern.Style.EXACT_IGNORING_CASE),
    STRING_LIKE("StringLike", Pattern.Style.LIKE),
    STRING_NOT_LIKE("StringNotLike", Pattern.Style.LIKE),
    ARN_EQUALS("ArnEquals", Pattern.Style.ARN),
    ARN_NOT_EQUALS("ArnNotEquals", Pattern.Style.ARN),
    ARN_LIKE("ArnLike", Pattern.Style.ARN),
    ARN_NOT_LIKE("ArnNotLike", Pattern.Style.ARN),
    BOOL("Bool", Pattern.Style.EXACT_IGNORING_CASE),
    NUMERIC_EQUALS("NumericEquals", Order.EQUAL),
    NUMERIC_NOT_EQUALS("NumericNotEquals", Order.EQUAL),
    NUMERIC_LESS_THAN("NumericLessThan", Order.LESS),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Order.LESS_OR_EQUAL),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Order.GREATER),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Order.GREATER_OR_EQUAL),
    DATE_EQUALS("DateEquals", Order.EQUAL),
    DATE_NOT_EQUALS("DateNotEquals", Order.EQUAL),
    DATE_LESS_THAN("DateLessThan", Order.LESS),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", Order.LESS_OR_EQUAL),
    DATE_GREATER_THAN("DateGreaterThan", Order.GREATER),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Order.GREATER_OR_EQUAL),
    BINARY_EQUALS("BinaryEquals"),
    IP_ADDRESS("IpAddress"),
    NOT_IP_ADDRESS("NotIpAddress"),
    NULL("Null");

    private static final Map<String, ConditionOperator> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(operator -> operator.text, Function.identity()));

    private final String text;
    private final boolean negated;
    private final Pattern.@Nullable Style style;
    private final Order order;

    ConditionOperator(String text) {
        this(text, null, Order.EQUAL);
    }

    ConditionOperator(String text, Pattern.Style style) {
        this(text, style, Order.EQUAL);
    }

    ConditionOperator(String text, Order order) {
        this(text, null, order);
    }

    ConditionOperator(String text, Pattern.@Nullable Style style, Order order) {
        this.text = text;
        this.negated = text.contains("Not");
        this.style = style;
        this.order = order;
    }

    static @Nullable ConditionOperator named(String name) {
        return BY_NAME.get(name);
    }

    /** Whether it asks that a value is none of the policy's. */
    boolean isNegated() {
        return negated;
    }

    /** How its values are meant as patterns; null where they are none, and so hold no variables. */
    Pattern.@Nullable Style style() {
        return style;
    }

    Order order() {
        return order;
    }

    @Override
    public String toString() {
        return text;
    }
}
