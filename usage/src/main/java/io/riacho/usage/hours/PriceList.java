package io.riacho.usage.hours;

import java.time.Instant;
import java.util.Map;

/**
 * What whoever runs the server has entered.
 *
 * @param currency three capital letters
 * @param note for people; may be empty
 * @param prices by the names of meters
 */
public record PriceList(String currency, String note, Instant updatedAt, Map<String, Price> prices) {

    public PriceList {
        prices = Map.copyOf(prices);
    }
}
