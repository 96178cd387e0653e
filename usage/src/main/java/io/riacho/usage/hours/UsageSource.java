package io.riacho.usage.hours;

import io.riacho.usage.meter.Meter;
import java.util.List;

/**
 * The usage of one service. Declare a bean of this type, and {@code /v1/usage} has it.
 *
 * @param service the name that requests to the service are signed for
 * @param meters in the order in which people are told of them; no other service has any of them
 * @param upToDate adds what was used up to now, so that it can be read
 */
public record UsageSource(
        String service, List<Meter> meters, UsageReader reader, PriceStore prices, Runnable upToDate) {

    public UsageSource {
        meters = List.copyOf(meters);
    }
}
