package io.riacho.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Condition} elements of one policy document. */
final class ConditionReader {

    private static final String IF_EXISTS = "IfExists";
    private static final int MAX_KEY_LENGTH = 512;

    private final PolicyVersion version;
    private final PolicyErrors errors;

    ConditionReader(PolicyVersion version, PolicyErrors errors) {
        this.version = version;
        this.errors = errors;
    }

    /** An operator with what stands before and after it. */
    private record Operator(
            String text, Condition.Quantifier quantifier, ConditionOperator operator, boolean ifExists) {}

    List<Condition> read(Json.Member element) {
        if (!(element.value() instanceof Json.Obj block)) {
            errors.syntax(element.value().at(), "Condition must be an object");
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>();
        for (Json.Member member : block.members()) {
            Operator operator = operator(member.name());
            if (operator == null) {
                errors.syntax(
                        member.at(), "Unknown condition operator \"" + PolicyErrors.shorten(member.name()) + "\"");
            }
            if (!(member.value() instanceof Json.Obj keys)) {
                errors.syntax(member.value().at(), "A condition operator must have an object of keys");
            } else if (operator != null) {
                readKeys(operator, keys, conditions);
            }
        }
        return conditions;
    }

    private static @Nullable Operator operator(String text) {
        Condition.Quantifier quantifier = Condition.Quantifier.NONE;
        String name = text;
        if (name.startsWith("ForAllValues:")) {
            quantifier = Condition.Quantifier.FOR_ALL_VALUES;
        } else if (name.startsWith("ForAnyValue:")) {
            quantifier = Condition.Quantifier.FOR_ANY_VALUE;
        }
        if (quantifier != Condition.Quantifier.NONE) {
            name = name.substring(name.indexOf(':') + 1);
        }
        boolean ifExists = name.endsWith(IF_EXISTS);
        if (ifExists) {
            name = name.substring(0, name.length() - IF_EXISTS.length());
        }
        ConditionOperator operator = ConditionOperator.named(name);
        boolean isBareNull = quantifier == Condition.Quantifier.NONE && !ifExists;
        return operator == null || (operator == ConditionOperator.NULL && !isBareNull)
                ? null
                : new Operator(text, quantifier, operator, ifExists);
    }

    private void readKeys(Operator operator, Json.Obj keys, List<Condition> conditions) {
        Set<String> seen = new HashSet<>();
        for (Json.Member key : keys.members()) {
            if (!isKey(key.name())) {
                errors.add(key.at(), "Condition key \"" + PolicyErrors.shorten(key.name()) + "\" is not valid");
            }
            if (!seen.add(key.name().toLowerCase(Locale.ROOT))) {
                errors.syntax(
                        key.at(),
                        "Condition key \"" + PolicyErrors.shorten(key.name())
                                + "\" appears more than once, in another case");
            }
            conditions.add(condition(operator, key));
        }
    }

    private Condition condition(Operator operator, Json.Member key) {
        List<Json> items = Json.items(key.value());
        if (items.isEmpty()) {
            errors.syntax(
                    key.value().at(), "Condition key \"" + PolicyErrors.shorten(key.name()) + "\" must have a value");
        }
        List<String> texts = new ArrayList<>();
        List<ConditionValue> values = new ArrayList<>();
        for (Json item : items) {
            String text = switch (item) {
                case Json.Text(var _, String value) -> value;
                case Json.Scalar(var _, String value) -> value;
                default -> null;
            };
            if (text == null) {
                errors.syntax(item.at(), "A condition value must be a string, a number or a boolean");
                continue;
            }
            if (text.length() > StatementReader.MAX_VALUE_LENGTH) {
                errors.add(
                        item.at(),
                        "A condition value is longer than " + StatementReader.MAX_VALUE_LENGTH + " characters");
                continue;
            }
            texts.add(text);
            ConditionValue value = value(operator.operator(), text, item.at());
            if (value != null) {
                values.add(value);
            }
        }
        return new Condition(
                operator.text(),
                operator.quantifier(),
                operator.operator(),
                operator.ifExists(),
                key.name(),
                texts,
                values);
    }

    /** @return null for none, as of {@code Null}, and where the value is wrong, which is then among the errors */
    private @Nullable ConditionValue value(ConditionOperator operator, String text, SourcePosition at) {
        Pattern.Style style = operator.style();
        if (style != null) {
            return pattern(operator, style, text, at);
        }
        if (operator == ConditionOperator.NULL) {
            if (!isBoolean(text)) {
                invalid(operator, text, at);
            }
            return null;
        }
        ConditionValue value = switch (operator) {
            case BINARY_EQUALS -> {
                byte[] bytes = BinaryValue.parse(text);
                yield bytes == null ? null : new BinaryValue(bytes);
            }
            case IP_ADDRESS, NOT_IP_ADDRESS -> AddressRange.parse(text);
            case DATE_EQUALS,
                    DATE_NOT_EQUALS,
                    DATE_LESS_THAN,
                    DATE_LESS_THAN_EQUALS,
                    DATE_GREATER_THAN,
                    DATE_GREATER_THAN_EQUALS -> {
                Instant instant = DateValue.parse(text);
                yield instant == null ? null : new DateValue(instant, operator.order());
            }
            default -> {
                BigDecimal number = NumberValue.parse(text);
                yield number == null ? null : new NumberValue(number, operator.order());
            }
        };
        if (value == null) {
            invalid(operator, text, at);
        }
        return value;
    }

    private ConditionValue pattern(ConditionOperator operator, Pattern.Style style, String text, SourcePosition at) {
        Template template = version == PolicyVersion.V2012
                ? Template.parse(text, style.hasWildcards(), at, errors)
                : Template.literal(text, style.hasWildcards());
        if (template.isConstant()) {
            boolean isValid = switch (operator) {
                case BOOL -> isBoolean(text);
                case ARN_EQUALS, ARN_NOT_EQUALS, ARN_LIKE, ARN_NOT_LIKE ->
                    text.equals("*") || text.split(":", 6).length == 6;
                default -> true;
            };
            if (!isValid) {
                invalid(operator, text, at);
            }
        }
        return new Pattern(template, style);
    }

    private void invalid(ConditionOperator operator, String text, SourcePosition at) {
        errors.syntax(at, "\"" + PolicyErrors.shorten(text) + "\" is not a value of condition operator " + operator);
    }

    private static boolean isBoolean(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    /** Whether a text could name a condition key: {@code aws:PrincipalTag/team}. */
    static boolean isKey(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_KEY_LENGTH
                && text.equals(text.strip())
                && text.chars().noneMatch(c -> c < ' ' || "${}',\"".indexOf(c) >= 0);
    }
}
