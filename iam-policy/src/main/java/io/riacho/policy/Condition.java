package io.riacho.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One key of one operator of a {@code Condition} block. What IAM leaves open is decided so that it grants less: a key with
 * several values under an operator without {@code ForAllValues} or {@code ForAnyValue} must satisfy it with all of them to
 * allow, with one of them to deny; and a negated operator whose variable has no value does not allow, but denies.
 */
final class Condition {

    /** Which of several values must satisfy the operator. */
    enum Quantifier {
        NONE,
        FOR_ALL_VALUES,
        FOR_ANY_VALUE
    }

    private final String operatorText;
    private final Quantifier quantifier;
    private final ConditionOperator operator;
    private final boolean ifExists;
    private final String key;
    private final String lowerCaseKey;
    private final List<String> texts;
    private final ConditionValue[] values;

    /**
     * @param operatorText as written
     * @param texts the values as written
     * @param values in the same order; for {@link ConditionOperator#NULL} none
     */
    Condition(
            String operatorText,
            Quantifier quantifier,
            ConditionOperator operator,
            boolean ifExists,
            String key,
            List<String> texts,
            List<ConditionValue> values) {
        this.operatorText = operatorText;
        this.quantifier = quantifier;
        this.operator = operator;
        this.ifExists = ifExists;
        this.key = key;
        this.lowerCaseKey = key.toLowerCase(Locale.ROOT);
        this.texts = List.copyOf(texts);
        this.values = values.toArray(new ConditionValue[0]);
    }

    boolean holds(ConditionContext context, Effect effect) {
        List<String> actual = context.values(lowerCaseKey);
        if (operator == ConditionOperator.NULL) {
            boolean absent = actual == null || actual.isEmpty();
            return holdsNull(absent);
        }
        if (actual == null && ifExists) {
            return true;
        }
        if (actual == null || actual.isEmpty() || (quantifier != Quantifier.NONE && isOfEmptyTexts(actual))) {
            return switch (quantifier) {
                case NONE -> operator.isNegated();
                case FOR_ALL_VALUES -> true;
                case FOR_ANY_VALUE -> false;
            };
        }
        boolean all =
                quantifier == Quantifier.FOR_ALL_VALUES || (quantifier == Quantifier.NONE && effect == Effect.ALLOW);
        for (int i = 0; i < actual.size(); i++) {
            if (satisfies(actual.get(i), context, effect) != all) {
                return !all;
            }
        }
        return all;
    }

    private boolean holdsNull(boolean absent) {
        for (int i = 0; i < texts.size(); i++) {
            if (Boolean.parseBoolean(texts.get(i)) == absent) {
                return true;
            }
        }
        return false;
    }

    /** "An empty data set (for example, an empty string)", says IAM of what these operators take for no value. */
    private static boolean isOfEmptyTexts(List<String> actual) {
        for (int i = 0; i < actual.size(); i++) {
            if (!actual.get(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean satisfies(String actual, ConditionContext context, Effect effect) {
        boolean unresolved = false;
        for (ConditionValue value : values) {
            switch (value.match(actual, context)) {
                case YES -> {
                    return !operator.isNegated();
                }
                case UNRESOLVED -> unresolved = true;
                case NO -> {}
            }
        }
        return operator.isNegated() && !(unresolved && effect == Effect.ALLOW);
    }

    Explanation.Mismatch.Condition mismatch(ConditionContext context) {
        List<String> actual = context.values(lowerCaseKey);
        return new Explanation.Mismatch.Condition(
                operatorText, key, texts, actual == null ? null : List.copyOf(actual));
    }

    void addKeysTo(Set<String> keys) {
        keys.add(key);
        for (ConditionValue value : values) {
            if (value instanceof Pattern pattern) {
                pattern.addVariablesTo(keys);
            }
        }
    }
}
