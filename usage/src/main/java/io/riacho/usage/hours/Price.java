package io.riacho.usage.hours;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * @param price for so many units
 * @param per how many units; positive
 */
public record Price(BigDecimal price, BigDecimal per) {

    /** @param amount in units */
    public BigDecimal cost(BigDecimal amount) {
        BigDecimal cost = amount.multiply(price).divide(per, MathContext.DECIMAL64);
        return cost.signum() == 0 ? BigDecimal.ZERO : cost.stripTrailingZeros();
    }
}
