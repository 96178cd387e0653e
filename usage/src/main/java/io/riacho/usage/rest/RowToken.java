package io.riacho.usage.rest;

import io.riacho.usage.hours.UsageRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Says behind which row a page begins. */
final class RowToken {

    private static final int PARTS = 6;
    private static final String SEPARATOR = "\n";

    private RowToken() {}

    static String of(UsageRow.Key key) {
        String text = String.join(
                SEPARATOR,
                Long.toString(key.period().getEpochSecond()),
                key.kind(),
                key.resource(),
                key.resourceId(),
                key.principal(),
                key.meter());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static UsageRow.@Nullable Key parse(@Nullable String token) {
        if (token == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String[] parts = text.split(SEPARATOR, -1);
            if (parts.length == PARTS && text.indexOf('\0') < 0) {
                Instant period = Instant.ofEpochSecond(Long.parseLong(parts[0]));
                UsagePeriod.requirePlausible("nextToken", period);
                return new UsageRow.Key(period, parts[1], parts[2], parts[3], parts[4], parts[5]);
            }
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw UsageErrors.invalid("The nextToken is not one that was given.");
        }
        throw UsageErrors.invalid("The nextToken is not one that was given.");
    }
}
