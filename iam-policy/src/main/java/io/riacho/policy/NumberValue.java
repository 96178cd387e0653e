package io.riacho.policy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An integer or decimal number of a policy. */
record NumberValue(BigDecimal value, Order order) implements ConditionValue {

    /** More are of no use, and would make comparing dear. */
    private static final int MAX_LENGTH = 64;

    private static final int MAX_SCALE = 1_000;

    @Override
    public Match match(String actual, ConditionContext context) {
        BigDecimal number = parse(actual);
        return Match.of(number != null && order.holds(number.compareTo(value)));
    }

    static @Nullable BigDecimal parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return null;
            }
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return number.scale() > MAX_SCALE || number.scale() < -MAX_SCALE ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
